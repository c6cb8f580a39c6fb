namespace Plimsoll.Client.Benchmarks;

/// <summary>A modelled provider that has begun to listen.</summary>
/// <param name="Url">Base URL, without <c>/v1</c>.</param>
/// <param name="Kind"><c>anthropic</c>, <c>openai</c>, <c>azure</c> or <c>gemini</c>.</param>
public sealed record ProviderReadyView(string Url, string Kind, int Pid);
