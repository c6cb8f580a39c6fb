namespace Plimsoll.Plans.Configuration;

/// <summary>Reads <c>plimsoll.yaml</c>, <c>PLIMSOLL_*</c> and flags, in rising precedence.</summary>
public static class ConfigurationLoader
{
    public const string FileName = "plimsoll.yaml";

    /// <summary>Loads the configuration of a project folder; a missing file is no error.</summary>
    /// <param name="file">Another file than <see cref="FileName"/> in the folder; missing is an error then.</param>
    public static ConfigurationResult Load(
        string folder,
        IReadOnlyDictionary<string, string> environment,
        IReadOnlyList<ConfigurationOverride> overrides,
        string? file = null) =>
        throw new NotSupportedException(folder + environment.Count + overrides.Count + file);

    /// <summary>A commented configuration with every option, generated from their declarations.</summary>
    public static string Sample => throw new NotSupportedException();
}
