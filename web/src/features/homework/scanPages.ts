import { GlobalWorkerOptions, getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?worker&url'
import { chineseMaps } from '../teaching/pdfMaps'

GlobalWorkerOptions.workerSrc = workerUrl

/** A scanner's file that lies on this computer: its pages as pictures, one at a time. */
export interface ScanFile { pages: number; draw: (page: number, longest: number) => Promise<Blob>; close: () => void }

export async function openScan(file: File): Promise<ScanFile> {
  const data = new Uint8Array(await file.arrayBuffer())
  const loading = getDocument({ data, isEvalSupported: false, useWasm: false, useWorkerFetch: false, CMapReaderFactory: chineseMaps } as never)
  const document_ = await loading.promise
  return {
    pages: document_.numPages,
    async draw(number, longest) {
      const page = await document_.getPage(number)
      const size = page.getViewport({ scale: 1 })
      const viewport = page.getViewport({ scale: longest / Math.max(size.width, size.height) })
      const canvas = document.createElement('canvas')
      canvas.width = Math.max(1, Math.floor(viewport.width))
      canvas.height = Math.max(1, Math.floor(viewport.height))
      await page.render({ canvasContext: canvas.getContext('2d')!, viewport } as never).promise
      page.cleanup()
      const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.82))
      canvas.width = canvas.height = 1 // a drawn page is ten megabytes
      if (!picture) throw new Error('no picture')
      return picture
    },
    close: () => void loading.destroy(),
  }
}
