import own from './problems.en.json'

/** Flat texts that lie beside the server's modules, gathered at build time; ours stand behind theirs. */
const gathered = import.meta.glob<Record<string, string>>('../../../../src/**/locale/en.json', { eager: true, import: 'default' })

export default Object.assign({}, own, ...Object.values(gathered)) as Record<string, string>
