import { api } from '@/shared/api/client'
import { Problem } from '@/shared/api/problem'
import { useSession } from '@/shared/session/session'
import { createLine, type Line, type Message } from './line'

const lines = new Map<string, Line>()

/** The one line of a teacher on this device; it goes on when he leaves the classroom page, and after a reload. */
export function classLine(person: string): Line {
  let line = lines.get(person)
  if (line) return line
  const place = `santong.class.${person}`
  line = createLine({
    send: async (message: Message) => {
      if (useSession().session?.person_id !== person) throw new Problem(401, 'auth.signed_out')
      return message.method === 'PATCH' ? api.patch(message.path, message.body) : api.post(message.path, message.body)
    },
    keeper: {
      load: () => { try { return JSON.parse(localStorage.getItem(place) ?? '[]') as Message[] } catch { return [] } },
      save: (waiting) => {
        try {
          if (waiting.length) localStorage.setItem(place, JSON.stringify(waiting))
          else localStorage.removeItem(place)
        } catch { /* private window: it waits in the page alone */ }
      },
    },
  })
  lines.set(person, line)
  return line
}
