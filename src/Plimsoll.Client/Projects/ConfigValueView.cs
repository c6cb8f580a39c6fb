namespace Plimsoll.Client.Projects;

/// <summary>A configuration value and where it comes from.</summary>
/// <param name="Key">Dotted snake_case, as in plimsoll.yaml.</param>
/// <param name="Origin"><c>default</c>, <c>environment NAME</c>, <c>flag --name</c> or <c>FILE:LINE</c>.</param>
/// <param name="Description">What it does, in a sentence.</param>
public sealed record ConfigValueView(string Key, string Value, string Origin, string? Description);
