using Plimsoll.Core.Providers;
using Plimsoll.Core.Watching;
using Plimsoll.Plans.Messages;

namespace Plimsoll.Plans.Providers;

/// <summary>Files named in the configuration are found from the project folder, or from the home folder after <c>~/</c>.</summary>
internal static class ProjectPaths
{
    public static GatewaySettings Rooted(GatewaySettings gateway, string folder, IReadOnlyDictionary<string, string> environment)
    {
        return gateway with
        {
            Providers = [.. gateway.Providers.Select(provider => provider with
            {
                CaFile = provider.CaFile is null ? null : Full(provider.CaFile, folder, environment),
                Accounts = [.. provider.Accounts.Select(account => account with { Key = account.Key is null ? null : Key(account.Key) })],
            })],
            Keys = [.. gateway.Keys.Select(key => key with { Key = Key(key.Key) })],
        };

        KeySource Key(KeySource key) => Rooted(key, folder, environment);
    }

    public static AlertSettings Rooted(AlertSettings alerts, string folder, IReadOnlyDictionary<string, string> environment) => alerts with
    {
        Targets = [.. alerts.Targets.Select(target => target.Source is null ? target : target with { Source = Rooted(target.Source, folder, environment) })],
    };

    public static SlackSettings Rooted(SlackSettings slack, string folder, IReadOnlyDictionary<string, string> environment) =>
        slack with { Token = Rooted(slack.Token, folder, environment), SigningSecret = Rooted(slack.SigningSecret, folder, environment) };

    private static KeySource Rooted(KeySource key, string folder, IReadOnlyDictionary<string, string> environment) =>
        key.File is null ? key : key with { File = Full(key.File, folder, environment) };

    private static string Full(string path, string folder, IReadOnlyDictionary<string, string> environment)
    {
        string home = environment.GetValueOrDefault("HOME", "/");
        return Path.GetFullPath(path.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(home, path[2..]) : path, Path.GetFullPath(folder));
    }
}
