using Plimsoll.Plans.Reading;

namespace Plimsoll.Plans.Tasks;

/// <summary>One entry of <c>env:</c>: a text, or the name of a variable to take at start.</summary>
internal sealed record EnvironmentSetting(string Name, Node? Text, string? From);
