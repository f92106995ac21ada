/** Brands of the pictures that iPhones take: most browsers cannot show them, and the server reads none of them. */
const brands = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']

/** Whether a file is such a picture, by its first bytes: its name and type may say anything. */
export async function isHeic(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, 12).arrayBuffer())
  const text = String.fromCharCode(...head)
  return text.slice(4, 8) === 'ftyp' && brands.includes(text.slice(8, 12))
}
