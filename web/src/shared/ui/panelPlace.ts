export interface Box { left: number; right: number; top: number; bottom: number }
export interface Size { width: number; height: number }

const gap = 8
const least = 120

/**
 * Where a panel opens beside its button, in px of the window: under it, above it where there is more room, and never
 * outside the window. `bottom` is counted from the window's lower edge, as the browser does.
 */
export function panelPlace(button: Box, panel: Size, window: Size, align: 'start' | 'end' = 'start') {
  const under = window.height - button.bottom - 2 * gap
  const above = button.top - 2 * gap
  const up = panel.height > under && above > under
  const left = align === 'end' ? button.right - panel.width : button.left
  return {
    left: Math.max(gap, Math.min(left, window.width - panel.width - gap)),
    ...(up ? { bottom: window.height - button.top + gap } : { top: button.bottom + gap }),
    maxHeight: Math.max(least, up ? above : under),
  }
}
