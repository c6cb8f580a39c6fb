namespace Plimsoll.Client.Http;

/// <summary>Which part of what a task wrote is wanted.</summary>
/// <param name="Stream"><c>out</c> or <c>err</c>.</param>
/// <param name="Attempt">From 1; null = the last.</param>
/// <param name="Follow">Go on as it is written, until the attempt ends.</param>
/// <param name="LastBytes">Only so many bytes of the end; null = all. Not with <paramref name="Follow"/>.</param>
public sealed record LogQuery(string Stream = "out", int? Attempt = null, bool Follow = false, long? LastBytes = null);
