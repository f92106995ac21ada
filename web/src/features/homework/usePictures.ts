import { computed, ref } from 'vue'
import { useUploads } from '@/shared/composables/useUploads'
import { Problem } from '@/shared/api/problem'
import { isHeic } from './heic'
import { shrinkPicture } from './shrink'
import type { WorkFile } from './types'

/** Pictures and files on their way to the server, small enough for a village's line. */
export function usePictures(onDone: (file: WorkFile) => void) {
  const types = new Map<string, string>()
  const making = ref(0)
  const { uploads, add, resume, remove } = useUploads('/api/v1/uploads', () => ({}), (upload) => {
    onDone({ file_id: upload.fileId, name: upload.name, media_type: types.get(upload.name) ?? '' })
    remove(upload.id)
  })
  async function take(files: Iterable<File>) {
    for (const file of files) {
      making.value++
      const small = await shrinkPicture(file)
      making.value--
      // said when it is chosen, not after it has gone over a village's line
      if (await isHeic(small)) {
        uploads.push({ id: -Date.now() - making.value - uploads.length, name: file.name, size: file.size, sent: 0, state: 'refused', url: '', fileId: '', problem: new Problem(415, 'files.heic') })
        continue
      }
      types.set(small.name, small.type)
      await add(small)
    }
  }
  /** A picture that is as small as it may be already. */
  async function send(picture: File) {
    types.set(picture.name, picture.type)
    await add(picture)
  }
  const busy = computed(() => making.value > 0 || uploads.some((one) => one.state === 'uploading'))
  return { uploads, take, send, resume, remove, busy }
}
