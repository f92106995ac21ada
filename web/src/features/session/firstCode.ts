let code = ''

/** The one-time password that was just typed at the door: handed to the page that asks for an own one, and gone with it. */
export const firstCode = {
  keep(typed: string) { code = typed },
  take() {
    const typed = code
    code = ''
    return typed
  },
}
