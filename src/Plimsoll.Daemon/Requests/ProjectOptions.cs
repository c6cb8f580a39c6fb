namespace Plimsoll.Daemon.Requests;

/// <summary>Which project a verb works on.</summary>
/// <param name="Folder">The project folder, absolute.</param>
/// <param name="StateFolder">Null = <c>.plimsoll</c> in the project folder.</param>
/// <param name="ConfigFile">Null = <c>plimsoll.yaml</c> in the project folder, if it is there.</param>
/// <param name="Overrides">Configuration keys set by flags, with the flag as written for messages: <c>host.memory_reserve</c> to <c>2G</c>.</param>
public sealed record ProjectOptions(
    string Folder,
    string? StateFolder,
    string? ConfigFile,
    IReadOnlyDictionary<string, string> Overrides);
