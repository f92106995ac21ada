import { ref } from 'vue'

/** Who was picked from the class's list: kept in this page only, so that no name stands in an address or a history. */
export const chosenPupil = ref<{ id: string; name: string } | null>(null)
