/**
 * The pictures on code cards (码卡): 5×5 cells inside a black frame, one of 80 patterns a card. Any two, in whichever of
 * their four turns, differ in at least eight cells, so that two cells misread still name the right card.
 */
export const side = 5
export const lastCard = 80
export const answers = ['A', 'B', 'C', 'D'] as const

const table = [
  '082c9b0 17bcb81 0b791f7 161823f 1e288d7 1aeda86 14dd719 1d83afb 10f6162 00ed9c5',
  '1ae421b 1cd42d4 0504ed1 07e3ecb 07fa846 1765db6 0d0f92c 08f1850 05d3905 051b7a4',
  '024d43c 13c22bc 043b512 06e538c 15b0c98 068d8dc 09cb474 1649123 1e8a664 0977b76',
  '02eaf20 01c85a8 0bef98b 0f5450d 1bc5024 090d2ca 0b3c35b 1a9a956 0bf6d27 09a4ecc',
  '1ef9d4a 0953ec7 0c27298 1d3d6ae 16a96ba 1136d7f 019087e 1f340b2 0fb9ec5 0b56694',
  '1921967 18329d9 043ed0d 189f642 174bf0f 1870f30 10f8517 12072de 1be1d7c 1fa0403',
  '016426d 0f35d3b 0b1fc78 15414b1 18c2e48 185375e 19bb84b 0d802b5 141c4a3 152b35d',
  '1f034d8 16db248 0e7df2c 07dc33a 03378ca 1c2c73b 1b46ca8 0bcaadf 1bd5ad9 188d5dd',
].join(' ').split(' ').map((one) => parseInt(one, 16))

/** Bits of a card, row by row from its upper left cell; the highest of 25 bits is the first, 1 = black. */
export const codeOf = (number: number) => table[number - 1]!
/** Whether a cell of the whole 7×7 picture is black, the frame included. */
export function isBlack(number: number, x: number, y: number): boolean {
  if (x === 0 || y === 0 || x === side + 1 || y === side + 1) return true
  return ((codeOf(number) >> (24 - ((y - 1) * side + x - 1))) & 1) === 1
}
/** The same cells read from the next corner, clockwise. */
export function turned(bits: number): number {
  let next = 0
  for (let y = 0; y < side; y++) for (let x = 0; x < side; x++) next = (next << 1) | ((bits >> (24 - (x * side + (side - 1 - y)))) & 1)
  return next
}
export function distance(a: number, b: number): number {
  let rest = a ^ b
  let count = 0
  for (; rest; rest &= rest - 1) count++
  return count
}
const turns = table.map((code) => {
  // read from corner k the picture has to be turned back k times
  const all = [code]
  for (let k = 1; k < 4; k++) all.push(turned(all[k - 1]!))
  return all
})
/** The card whose pattern was read, and how many times it was turned by a quarter; null if none is near enough. */
export function match(bits: number, mistakes: number): { number: number; turn: number } | null {
  for (let index = 0; index < turns.length; index++) {
    for (let turn = 0; turn < 4; turn++) if (distance(bits, turns[index]![turn]!) <= mistakes) return { number: index + 1, turn }
  }
  return null
}
