namespace Plimsoll.Plans.Rendering;

/// <summary>A model call of an <c>llm:</c> task with every value inserted.</summary>
/// <param name="System">Null when there is none.</param>
/// <param name="MaxTokens">Null: as the provider does by itself.</param>
public sealed record ModelCall(string Model, string Prompt, string? System, int? MaxTokens);
