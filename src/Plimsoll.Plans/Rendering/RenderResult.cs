namespace Plimsoll.Plans.Rendering;

/// <summary>A rendered task, or why it cannot be rendered (a missing output, a NUL byte): the reason of its <c>start_failed</c>.</summary>
public readonly record struct RenderResult(RenderedTask? Task, string? Error);
