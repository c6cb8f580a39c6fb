using Plimsoll.Client.Projects;
using Plimsoll.Core.Providers;

namespace Plimsoll.Daemon.Projects;

/// <summary>Looks whether the keys of configured providers are where the configuration says; says nothing of them.</summary>
internal static class ProviderChecks
{
    public static IEnumerable<DoctorCheckView> Of(ProjectContext context)
    {
        foreach (ProviderSettings provider in context.Configuration.Gateway.Providers)
        {
            foreach (AccountSettings account in provider.Accounts)
            {
                string name = provider.Accounts.Length == 1 ? $"provider {provider.Name}" : $"provider {provider.Name}, account {account.Name}";
                yield return Missing(account.Key, context.Environment) is { } missing
                    ? new DoctorCheckView(name, "warn", $"{provider.BaseUrl}: {missing}", "Set it, or runs whose tasks call models are refused.")
                    : new DoctorCheckView(name, "ok", $"{provider.BaseUrl}, {Where(account.Key)}", null);
            }
        }
    }

    private static string Where(KeySource? key) => key switch
    {
        null => "no key",
        { Variable: { } variable } => $"key from {variable}",
        _ => $"key from {key.File}",
    };

    private static string? Missing(KeySource? key, IReadOnlyDictionary<string, string> environment) => key switch
    {
        { Variable: { } variable } when string.IsNullOrWhiteSpace(environment.GetValueOrDefault(variable)) => $"the variable {variable} is not set",
        { File: { } file } when !File.Exists(file) => $"there is no file {file}",
        _ => null,
    };
}
