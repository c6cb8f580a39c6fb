using Xunit;

namespace Plimsoll.EndToEnd.Dashboard;

/// <summary>Checks a page as axe does, for the rules that matter here: names, roles, landmarks, headings, contrast, focus.</summary>
/// <remarks>WCAG 2.2 AA; contrast after its definition of relative luminance, with half-transparent colours laid over what is below them.</remarks>
internal static class AccessibilityAudit
{
    private const string Script = """
        (() => {
          const found = [];
          const seen = element => { const box = element.getBoundingClientRect(); const style = getComputedStyle(element); return box.width > 0 && box.height > 0 && style.visibility !== 'hidden' && style.display !== 'none'; };
          const what = element => element.outerHTML.slice(0, 120);
          const name = element => (element.getAttribute('aria-label') || (element.getAttribute('aria-labelledby') ?? '').split(' ').map(id => document.getElementById(id)?.textContent ?? '').join('') || element.textContent || [...(element.labels ?? [])].map(one => one.textContent).join('') || element.title || '').trim();
          if (!document.documentElement.lang) found.push('html has no lang');
          if (!document.title) found.push('no title');
          if (document.querySelectorAll('main').length !== 1) found.push('not exactly one main');
          if (document.querySelectorAll('h1').length !== 1) found.push('not exactly one h1');
          for (const one of document.querySelectorAll('a[href], button, input, select, [role=link], [role=button], [role=img], nav, section, dialog')) if (!name(one)) found.push('without a name: ' + what(one));
          for (const one of document.querySelectorAll('img')) if (!one.hasAttribute('alt')) found.push('without alt: ' + what(one));
          const ids = [...document.querySelectorAll('[id]')].map(one => one.id);
          for (const id of ids) if (ids.filter(one => one === id).length > 1) found.push('id used twice: ' + id);
          for (const one of document.querySelectorAll('[tabindex]')) if (one.tabIndex > 0) found.push('positive tabindex: ' + what(one));
          for (const one of document.querySelectorAll('th')) if (!one.scope) found.push('th without scope: ' + what(one));
          for (const one of document.querySelectorAll('*')) if ([...one.attributes].some(a => a.name.startsWith('on'))) found.push('inline handler: ' + what(one));
          let level = 0;
          for (const one of document.querySelectorAll('h1, h2, h3, h4')) { const next = Number(one.tagName[1]); if (next > level + 1) found.push('heading skips a level: ' + what(one)); level = next; }
          for (const one of document.querySelectorAll('*')) { const style = getComputedStyle(one); if (seen(one) && /(auto|scroll)/.test(style.overflowY + style.overflowX) && (one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2) && one.tabIndex < 0 && !one.querySelector('a, button, [tabindex]') && one !== document.documentElement) found.push('scrolls and cannot be focused: ' + what(one)); }
          const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
          const color = text => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = text; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
          const over = (top, below) => top.slice(0, 3).map((part, i) => part * top[3] / 255 + below[i] * (1 - top[3] / 255));
          const ground = element => { const layers = []; for (let at = element; at; at = at.parentElement) { const one = color(getComputedStyle(at).backgroundColor); layers.push(one); if (one[3] === 255) break; } return layers.reverse().reduce((below, one) => over(one, below), [255, 255, 255]); };
          const light = rgb => rgb.map(part => part / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4).reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const element = node.parentElement;
            if (!node.data.trim() || !seen(element) || element.closest('.unseen, noscript, title, desc, :disabled')) continue;
            const style = getComputedStyle(element);
            const below = ground(element.closest('svg')?.parentElement ?? element);
            const ink = over(color(element.closest('svg') ? style.fill : style.color), below);
            const [a, b] = [light(ink), light(below)];
            const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
            if (ratio < (large ? 3 : 4.5)) found.push(`contrast ${ratio.toFixed(2)}: "${node.data.trim().slice(0, 40)}" in ${what(element)}`);
          }
          return [...new Set(found)].slice(0, 20).join('\n');
        })()
        """;

    /// <summary>Fails with everything that was found.</summary>
    public static async Task PassAsync(BrowserPage page, string place)
    {
        string found = await page.TextAsync(Script);
        Assert.True(found.Length == 0, $"{place}:\n{found}");
    }
}
