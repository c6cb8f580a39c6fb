using Plimsoll.Plans.Reading;

namespace Plimsoll.Plans.Configuration;

/// <summary>One setting: key, bound, default and unit in one place; parser, sample and listing come from it.</summary>
/// <param name="Key">Dotted path in <c>plimsoll.yaml</c>.</param>
/// <param name="Default">As it is written.</param>
/// <param name="Bound">What is allowed, with unit.</param>
/// <param name="Example">Lines for the sample when the default says too little; null otherwise.</param>
/// <param name="Read">Reads a value into the configuration; returns it unchanged after reporting what is wrong.</param>
/// <param name="Variable">Environment variable; null when it can only be written in the file.</param>
internal sealed record OptionDeclaration(
    string Key,
    string Default,
    string Bound,
    string Description,
    string? Example,
    string? Variable,
    Func<PlimsollConfiguration, Node, Scalars, PlimsollConfiguration> Read);
