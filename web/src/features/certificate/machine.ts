/** What the page tells apart: each is a way of its own to install a certificate. */
export type Machine = 'windows' | 'linux' | 'android'
export const machines: Machine[] = ['windows', 'linux', 'android']

/** The machine that the page is read on; a machine that is none of these gets Windows, which classrooms have. */
export function machineOf(userAgent: string): Machine {
  if (/Android/i.test(userAgent)) return 'android'
  if (/Linux|X11/i.test(userAgent) && !/Windows/i.test(userAgent)) return 'linux'
  return 'windows'
}

/** "AB:CD:…" in lines that can be compared by eye: eight bytes each. */
export function fingerprintLines(fingerprint: string): string[] {
  const bytes = fingerprint.split(':')
  const lines: string[] = []
  for (let at = 0; at < bytes.length; at += 8) lines.push(bytes.slice(at, at + 8).join(' '))
  return lines
}

export interface Place { protocol: string; hostname: string; origin: string }

/** Where the site is reached safely: its own address, or the name that was asked for. */
export function secureAddress(about: { origin: string; https_port: number }, here: Place): string {
  if (about.origin) return about.origin
  if (about.https_port === 0) return here.origin
  return `https://${here.hostname}${about.https_port === 443 ? '' : `:${about.https_port}`}`
}

export const file = 'santong-authority.crt'
/** For many machines at once, as administrator. */
export const windowsCommand = `certutil -addstore -f Root ${file}`
/** Compares, then the system's programs, then Chromium and the browsers made from it. */
export const linuxCommands = [
  `openssl x509 -in ${file} -noout -fingerprint -sha256`,
  `sudo cp ${file} /usr/local/share/ca-certificates/`,
  'sudo update-ca-certificates',
  'mkdir -p ~/.pki/nssdb',
  `certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n santong -i ${file}`,
]
