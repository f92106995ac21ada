import { computed, ref } from 'vue'
import { useUploads } from '@/shared/composables/useUploads'
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
      types.set(small.name, small.type)
      await add(small)
    }
  }
  const busy = computed(() => making.value > 0 || uploads.some((one) => one.state === 'uploading'))
  return { uploads, take, resume, remove, busy }
}
