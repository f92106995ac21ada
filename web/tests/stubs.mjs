/** Answers for pictures and checks. Lives in tests only; the product never ships it. */
export const now = Date.parse('2014-11-20T09:03:00+08:00')
const district = { id: 'd1', name: '大通湖区' }
const school = { id: 's1', name: '河坝镇中心小学' }

export const session = {
  csrf: 'token', account_id: 'a1', person_id: 'p1', name: '周测试', language: 'zh-CN', demo: true, now, zone: 'Asia/Shanghai', district, home: 'leader',
  roles: [
    { role: 'leader', org_id: 'd1', org_name: '大通湖区', org_path: [{ id: 'c1', name: '益阳市' }, district] },
    { role: 'secadmin', org_id: 's1', org_name: school.name, org_path: [district, school] },
  ],
  permissions: [], must_change_password: false, totp_enrolled: false,
}
export const options = {
  place: '大通湖区 · 河坝镇中心小学', demo: true, pupil_signin: true, classroom_signin: true,
  demo_accounts: ['leader', 'info_office', 'principal', 'teacher', 'guardian', 'technician'].map((role, index) => ({ role, name: `演示${'甲乙丙丁戊己'[index]}`, login: `demo${index + 1}`, password: 'demo' })),
}
const rows = Array.from({ length: 40 }, (_, index) => ({ id: `r${index}`, name: `演示教师 ${index + 1}`, school: index % 3 ? '河坝镇中心小学' : '金盆镇中心小学', subject: ['语文', '数学', '英语', '科学'][index % 4], hours: 40 + index, state: index % 5 === 0 ? 'warn' : 'ok' }))

const answers = {
  'GET /session/options': () => options,
  'POST /classroom/pairings': () => ({ code: '482913', qr_url: 'https://classroom.test/p/482913', expires_at: Date.now() + 60_000, poll_token: 'x', room: '302 教室', lesson: '第2节 数学' }),
  'POST /classroom/pairings/poll': () => ({ state: 'waiting' }),
  'GET /pupil-signin/classes': () => ({ items: ['一', '二', '三', '四', '五', '六'].flatMap((grade) => [1, 2, 3].map((n) => ({ id: `${grade}${n}`, name: `${grade}（${n}）班`, grade: `${grade}年级` }))), next: null }),
  'GET /sync/status': () => ({ state: 'ok', last_at: now - 180_000, note: '1 校断线' }),
  'GET /me/messages': () => ({ items: [{ id: 'm1', kind: 'report_to_sign', asks: true, href: '/reports', who: '', place: '渔场小学', date: null, period: 0, subject: '', month: '2026-10', at: now - 600_000, read: false }], next: null, unread: 1 }),
  'GET /me/counts': () => ({ demo: 3 }),
  'GET /search': () => ({ items: [{ kind: 'school', id: 's1', title: '河坝镇中心小学', subtitle: '学校', href: '/' }], next: null }),
  'GET /orgs': () => ({ items: [school], next: null }),
  'GET /me/sessions': () => ({ items: [{ id: '1', device: 'Chrome 109 · Windows 7', address: '10.3.1.20', started_at: now, seen_at: now, current: true }, { id: '2', device: '安卓手机', address: '10.3.1.31', started_at: now, seen_at: now - 86_400_000, current: false, kind: 'phone' }], next: null }),
  'POST /me/totp': () => ({ secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/Santong:demo?secret=JBSWY3DPEHPK3PXP&issuer=Santong' }),
  'GET /kit/people': (url) => ({ items: rows.slice(url.searchParams.get('after') ? 20 : 0, url.searchParams.get('after') ? 40 : 20), next: url.searchParams.get('after') ? null : 'p2', total: 40, facets: { subject: ['语文', '数学', '英语', '科学'].map((value) => ({ value, count: 10 })) } }),
  'GET /jobs/j1': () => ({ state: 'running', done: 3210, total: 8420, message: '正在核对第 3,210 行', seconds_left: 20 }),
}

/** `who` null = not signed in; `over` replaces single answers: { 'POST /session': { status: 401, body: {...} } }. */
export async function stub(page, who, over = {}) {
  await page.route('**/api/v1/**', async (route) => {
    const request = route.request()
    const url = new URL(request.url())
    const key = `${request.method()} ${url.pathname.replace('/api/v1', '')}`
    if (key.startsWith('GET /events') || key.endsWith('/events')) return route.fulfill({ status: 200, contentType: 'text/event-stream', body: ': open\n\n' })
    if (over[key]) return route.fulfill({ status: over[key].status ?? 200, headers: over[key].headers ?? {}, contentType: over[key].status >= 400 ? 'application/problem+json' : 'application/json', body: JSON.stringify(over[key].body) })
    if (key === 'GET /session/current') return route.fulfill({ json: { session: who } })
    if (/^GET \/pupil-signin\/classes\/.+\/pupils$/.test(key)) return route.fulfill({ json: { items: Array.from({ length: 24 }, (_, n) => ({ id: `p${n}`, name: `学生${n + 1}` })), next: null } })
    const answer = answers[key]
    return answer ? route.fulfill({ json: answer(url) }) : route.fulfill({ status: 404, contentType: 'application/problem+json', body: JSON.stringify({ status: 404, code: 'http.404', trace_id: 't-404' }) })
  })
}
