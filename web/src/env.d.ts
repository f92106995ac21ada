/// <reference types="vite/client" />
declare module 'virtual:nav/zh-CN' {
  const titles: Record<string, unknown>
  export default titles
}
declare module 'virtual:nav/en' {
  const titles: Record<string, unknown>
  export default titles
}
