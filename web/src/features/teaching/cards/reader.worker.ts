import { detect, greyOf } from './detect'

/** Reads one picture after another beside the page, so that the screen goes on meanwhile. */
self.onmessage = ({ data }: MessageEvent<{ pixels: ArrayBuffer; width: number; height: number }>) => {
  self.postMessage(detect(greyOf(new Uint8ClampedArray(data.pixels), data.width, data.height)))
}
