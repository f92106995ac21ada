import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?worker&url'
import { chineseMaps } from '../teaching/pdfMaps'

GlobalWorkerOptions.workerSrc = workerUrl

/** Documents that are open, by address: the pages of one file share it. */
const opened = new Map<string, { loading: ReturnType<typeof getDocument>; users: number }>()

/** Opens a document; `close` lets it go when its last page is gone. */
export function openPdf(url: string): { document: Promise<PDFDocumentProxy>; close: () => void } {
  const known = opened.get(url) ?? { loading: getDocument({ url, isEvalSupported: false, useWasm: false, useWorkerFetch: false, CMapReaderFactory: chineseMaps } as never), users: 0 }
  known.users++
  opened.set(url, known)
  return {
    document: known.loading.promise,
    close: () => {
      if (--known.users > 0) return
      opened.delete(url)
      void known.loading.destroy()
    },
  }
}
