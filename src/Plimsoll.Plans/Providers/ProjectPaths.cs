using Plimsoll.Core.Providers;

namespace Plimsoll.Plans.Providers;

/// <summary>Files named in the configuration are found from the project folder, or from the home folder after <c>~/</c>.</summary>
internal static class ProjectPaths
{
    public static GatewaySettings Rooted(GatewaySettings gateway, string folder, IReadOnlyDictionary<string, string> environment)
    {
        string home = environment.GetValueOrDefault("HOME", "/");
        return gateway with
        {
            Providers = [.. gateway.Providers.Select(provider => provider with
            {
                CaFile = provider.CaFile is null ? null : Full(provider.CaFile),
                Accounts = [.. provider.Accounts.Select(account => account with { Key = account.Key is null ? null : Key(account.Key) })],
            })],
            Keys = [.. gateway.Keys.Select(key => key with { Key = Key(key.Key) })],
        };

        KeySource Key(KeySource key) => key.File is null ? key : key with { File = Full(key.File) };

        string Full(string path) => Path.GetFullPath(path.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(home, path[2..]) : path, Path.GetFullPath(folder));
    }
}
