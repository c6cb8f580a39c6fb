using System.Reflection;

namespace Plimsoll.Cli.Hosting;

/// <summary>The version of this executable.</summary>
internal static class ProductVersion
{
    /// <summary>For example <c>0.1.0</c>; the source revision that builds may append is left out.</summary>
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
