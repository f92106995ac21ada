// A course whose own rules say what may follow on what (SCORM 2004), and packages of pages at the public door.
import { check } from './browser.mjs'
import { zip } from '../support/zip.mjs'

/** One page of the course: it says on its buttons what it will hand in. */
const sco = (title, buttons) => `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title><script>
let api = null
for (let at = window; !api && at !== at.parent;) { at = at.parent; api = at.API_1484_11 ?? null }
api.Initialize('')
let over = false
function leave(request) { if (over) return; over = true; if (request) api.SetValue('adl.nav.request', request); api.Terminate('') }
function hand(success, score, request) {
  api.SetValue('cmi.completion_status', 'completed'); api.SetValue('cmi.success_status', success)
  if (score) { api.SetValue('cmi.score.scaled', score) }
  api.Commit(''); if (request) leave(request); document.body.dataset.handed = success
}
window.addEventListener('unload', () => leave(''))
window.addEventListener('pagehide', () => leave(''))
</script></head><body><h1>${title}</h1>${buttons}</body></html>`
const manifest = `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="santong.sequence" version="1.0" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
 <metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
 <organizations default="O"><organization identifier="O"><title>面积闯关</title>
  <item identifier="learn" identifierref="R1"><title>学一学</title><imsss:sequencing>
   <imsss:objectives><imsss:primaryObjective objectiveID="own"><imsss:mapInfo targetObjectiveID="g.learnt" readSatisfiedStatus="false" writeSatisfiedStatus="true"/></imsss:primaryObjective></imsss:objectives>
   <imsss:deliveryControls completionSetByContent="true" objectiveSetByContent="true"/></imsss:sequencing></item>
  <item identifier="unit"><title>练一练</title>
   <item identifier="practise" identifierref="R2"><title>练习</title><imsss:sequencing><imsss:deliveryControls completionSetByContent="true" objectiveSetByContent="true"/></imsss:sequencing></item>
   <imsss:sequencing><imsss:controlMode choice="true" flow="true"/></imsss:sequencing></item>
  <item identifier="test" identifierref="R3"><title>测一测</title><imsss:sequencing>
   <imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions conditionCombination="any">
    <imsss:ruleCondition referencedObjective="learnt" operator="not" condition="satisfied"/>
    <imsss:ruleCondition referencedObjective="learnt" operator="not" condition="objectiveStatusKnown"/></imsss:ruleConditions><imsss:ruleAction action="disabled"/></imsss:preConditionRule></imsss:sequencingRules>
   <imsss:objectives><imsss:primaryObjective objectiveID="result" satisfiedByMeasure="true"><imsss:minNormalizedMeasure>0.6</imsss:minNormalizedMeasure></imsss:primaryObjective>
    <imsss:objective objectiveID="learnt"><imsss:mapInfo targetObjectiveID="g.learnt" readSatisfiedStatus="true"/></imsss:objective></imsss:objectives>
   <imsss:deliveryControls completionSetByContent="true" objectiveSetByContent="true"/></imsss:sequencing></item>
  <imsss:sequencing><imsss:controlMode choice="true" flow="true"/></imsss:sequencing></organization></organizations>
 <resources><resource identifier="R1" type="webcontent" adlcp:scormType="sco" href="learn.html"><file href="learn.html"/></resource>
  <resource identifier="R2" type="webcontent" adlcp:scormType="sco" href="practise.html"><file href="practise.html"/></resource>
  <resource identifier="R3" type="webcontent" adlcp:scormType="sco" href="test.html"><file href="test.html"/></resource></resources>
</manifest>`
const course = () => zip({
  'imsmanifest.xml': manifest,
  'learn.html': sco('学一学', '<button onclick="hand(\'failed\')">没学会</button><button onclick="hand(\'passed\', \'\', \'continue\')">学会了</button>'),
  'practise.html': sco('练习', '<button onclick="hand(\'passed\')">练完了</button>'),
  'test.html': sco('测一测', '<button onclick="hand(\'passed\', \'0.8\', \'exit\')">交卷</button>'),
})
const inside = (page) => page.frameLocator('.course-frame').frameLocator('iframe')

export default {
  async 'a course with rules of its own goes part by part; the test opens when it is learnt, and results are kept for each part'({ page, signIn, whole, ask, accessible, translated, fits, picture, phone, desk }) {
    await signIn(page, 'teacher', '/resources/new')
    await whole(page)
    await page.setInputFiles('input[type="file"]', { name: '面积闯关.zip', mimeType: 'application/zip', buffer: course() })
    await page.waitForFunction(() => document.querySelector('#field-title')?.value)
    await page.locator('#field-kind').selectOption('scorm')
    await page.locator('#field-grade_from').selectOption('5')
    await page.getByRole('button', { name: '存草稿' }).click()
    await page.waitForURL(/\/resources\/[0-9a-f-]{36}$/)
    const id = new URL(page.url()).pathname.split('/').pop()
    const parts = page.locator('.sequenced nav')
    await inside(page).getByRole('heading', { name: '学一学' }).waitFor()
    check(await parts.getByRole('button', { name: /测一测/ }).isDisabled(), 'the test is shut')
    check((await parts.locator('.group').innerText()) === '练一练', 'a group is a heading')
    await accessible(page, 'a sequenced course')
    await translated(page, 'a sequenced course')
    await picture(page, 'sequence-1-begin')

    await inside(page).getByRole('button', { name: '没学会' }).click()
    await page.getByRole('button', { name: '下一部分' }).click()
    await inside(page).getByRole('heading', { name: '练习' }).waitFor()
    check(await parts.getByRole('button', { name: /测一测/ }).isDisabled(), 'who has not learnt it may not be tested')
    await page.getByRole('button', { name: '上一部分' }).click()
    await inside(page).getByRole('button', { name: '学会了' }).click()
    await inside(page).getByRole('heading', { name: '练习' }).waitFor()
    await inside(page).getByRole('button', { name: '练完了' }).click()
    await page.locator('.mine').getByText('进度已保存').waitFor()
    await page.reload()
    await whole(page)
    await inside(page).getByRole('heading', { name: '练习' }).waitFor()
    await page.waitForFunction(() => ![...document.querySelectorAll('.sequenced nav button')].at(-1).disabled)
    await parts.getByRole('button', { name: /测一测/ }).click()
    await inside(page).getByRole('button', { name: '交卷' }).click()
    await page.getByText('整门课学完了').waitFor()
    await page.locator('.mine').getByText('已学完').waitFor()
    await page.locator('.mine').getByText('进度已保存').waitFor()
    await picture(page, 'sequence-2-done')
    const kept = (await ask(page, `/resources/${id}/course`)).body
    check(kept.pages.map((one) => one.completion).join() === 'completed,completed,completed', `each part: ${kept.pages.map((one) => `${one.completion} ${one.success} ${one.score}`)}`)
    check(kept.pages[2].score === 80 && kept.mine.completion === 'completed' && kept.mine.success === 'passed', `the whole: ${JSON.stringify(kept.mine)}`)
    await page.setViewportSize(phone)
    await fits(page, 'a sequenced course on a phone')
    await picture(page, 'sequence-3-phone')
    await page.setViewportSize(desk)
    await page.getByRole('button', { name: '删除草稿' }).click()
    await page.getByRole('dialog').getByRole('button', { name: /删除/ }).click()
    await page.waitForURL('**/resources/mine')
  },

  async 'a stranger plays a public package of pages at the door; it knows no session and nothing of him is kept'({ person, server, ask, accessible, translated, fits, picture, phone }) {
    const stranger = await person()
    await stranger.goto('/open')
    const { items } = (await ask(stranger, '/open/resources?kind=interactive,scorm')).body
    check(items.length > 0, 'the demo has public packages')
    for (const kind of ['interactive', 'scorm']) {
      const item = items.find((one) => one.kind === kind)
      if (!item) continue
      await stranger.goto(`/open/${item.id}`)
      const frame = stranger.locator('main iframe').first()
      await frame.waitFor()
      const address = await frame.getAttribute('src')
      check(address.startsWith(server.packages), `it stands on the second origin: ${address}`)
      const pages = kind === 'scorm' ? inside(stranger) : stranger.frameLocator('main iframe')
      await pages.locator('svg, canvas, button, h1, a, p').first().waitFor()
      await accessible(stranger, `a public package: ${kind}`)
      await translated(stranger, `a public package: ${kind}`)
      await picture(stranger, `door-package-${kind}`)
    }
    check((await stranger.context().cookies()).every((one) => one.name !== 'session'), 'he has no session')
    await stranger.setViewportSize(phone)
    await fits(stranger, 'a public package on a phone')
  },
}
