import { describe, expect, it } from 'vitest'
import { fingerprintLines, machineOf, secureAddress } from './machine'

describe('the certificate page', () => {
  it('shows the way of the machine that it is read on', () => {
    expect(machineOf('Mozilla/5.0 (Windows NT 6.1; Win64; x64) Chrome/109.0')).toBe('windows')
    expect(machineOf('Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0')).toBe('linux')
    expect(machineOf('Mozilla/5.0 (Linux; Android 9; JDN2-W09) Chrome/109.0')).toBe('android')
    expect(machineOf('Mozilla/5.0 (Macintosh)')).toBe('windows')
  })
  it('breaks a fingerprint into lines of eight bytes', () => {
    const bytes = Array.from({ length: 20 }, (_, i) => i.toString(16).padStart(2, '0').toUpperCase())
    expect(fingerprintLines(bytes.join(':'))).toEqual([bytes.slice(0, 8).join(' '), bytes.slice(8, 16).join(' '), bytes.slice(16).join(' ')])
  })
  it('leads to the address of the site, or to the name that was asked for', () => {
    const here = { protocol: 'http:', hostname: '10.8.0.1', origin: 'http://10.8.0.1' }
    expect(secureAddress({ origin: 'https://hub.example', https_port: 8443 }, here)).toBe('https://hub.example')
    expect(secureAddress({ origin: '', https_port: 8443 }, here)).toBe('https://10.8.0.1:8443')
    expect(secureAddress({ origin: '', https_port: 443 }, here)).toBe('https://10.8.0.1')
    expect(secureAddress({ origin: '', https_port: 0 }, here)).toBe('http://10.8.0.1')
  })
})
