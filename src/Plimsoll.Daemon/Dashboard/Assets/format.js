// Numbers, sizes and times for people.

const units = ['B', 'K', 'M', 'G', 'T'];

/** Three significant digits: 1.5 G, 300 M. */
export function bytes(value) {
  if (value === null || value === undefined) return '–';
  let number = value;
  let unit = 0;
  while (Math.abs(number) >= 1023.5 && unit < 4) {
    number /= 1024;
    unit++;
  }
  const digits = unit === 0 || Math.abs(number) >= 99.95 ? 0 : Math.abs(number) >= 9.995 ? 1 : 2;
  return `${number.toFixed(digits).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')} ${units[unit]}`;
}

/** 80 ms, 2.3 s, 4 min 05 s, 3 h 12 min, 2 d 4 h. */
export function duration(seconds) {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return '–';
  if (seconds < 0.9995) return `${Math.max(0, Math.round(seconds * 1000))} ms`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const all = Math.round(seconds);
  const minutes = Math.floor(all / 60);
  if (minutes < 60) return `${minutes} min ${String(all % 60).padStart(2, '0')} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h ${String(minutes % 60).padStart(2, '0')} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** A round time without its zeros: 5 s, 30 min, 2 h. */
export const span = seconds => seconds < 60 ? `${Math.round(seconds)} s` : duration(seconds).replace(' 00 s', '').replace(' 00 min', '');

export const count = value => value === null || value === undefined ? '–' : Math.round(value).toLocaleString('en-US').replaceAll(',', '\u202f');

export const percent = share => share === null || share === undefined ? '–' : `${Math.round(share * 100)} %`;

export function dollars(value) {
  if (!value) return '–';
  return value >= 100 ? `$${value.toFixed(0)}` : value >= 0.1 ? `$${value.toFixed(2)}` : `$${value.toFixed(4)}`;
}

/** Local time; the date only when it is not today's. */
export function when(text) {
  if (!text) return '–';
  const at = new Date(text);
  const time = at.toLocaleTimeString('en-GB');
  return at.toDateString() === new Date().toDateString() ? time : `${at.toLocaleDateString('sv-SE')} ${time.slice(0, 5)}`;
}

/** A reason code as words: start_gate → start gate. */
export const words = code => String(code ?? '').replaceAll('_', ' ');

/** Text of a task, safe to show: control characters become pictures, and what is very long is cut with a note. */
export function tame(text, most = 200_000) {
  const clean = text
    .replace(/\u001b\[[0-9;:?]*[ -/]*[@-~]/g, '')
    .replace(/\r\n/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, one => one < '\u0020' ? String.fromCharCode(0x2400 + one.charCodeAt(0)) : '\ufffd');
  return clean.split('\n').map(line => line.length > 4000 ? `${line.slice(0, 4000)} … (${count(line.length - 4000)} more characters of this line are in the file)` : line).join('\n').slice(-most);
}
