/** Longest side of a photographed page, in pixels: enough to read a pencil by, a tenth of what a camera gives. */
const longest = 1800
const quality = 0.82

/**
 * A picture as small as it may be for reading, upright, and without what the camera wrote into it (place, device).
 * What is no picture, or cannot be drawn here, goes as it is.
 */
export async function shrinkPicture(file: File): Promise<File> {
  // a browser of Apple's can draw its phones' pictures, too: there they become JPEG here
  if (!/^image\/(jpeg|png|webp|heic|heif)$/.test(file.type)) return file
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
    const scale = Math.min(1, longest / Math.max(picture.width, picture.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(picture.width * scale)
    canvas.height = Math.round(picture.height * scale)
    const pen = canvas.getContext('2d')!
    pen.fillStyle = '#fff'
    pen.fillRect(0, 0, canvas.width, canvas.height)
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
    picture.close()
    const small = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))
    return small ? new File([small], file.name.replace(/\.\w+$/, '') + '.jpg', { type: 'image/jpeg', lastModified: file.lastModified }) : file
  } catch {
    return file
  }
}
