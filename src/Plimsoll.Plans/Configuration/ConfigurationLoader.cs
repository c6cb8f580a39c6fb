using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Plimsoll.Plans.Diagnostics;
using Plimsoll.Plans.Providers;
using Plimsoll.Plans.Reading;

namespace Plimsoll.Plans.Configuration;

/// <summary>Reads <c>plimsoll.yaml</c>, <c>PLIMSOLL_*</c> and flags, in rising precedence.</summary>
public static class ConfigurationLoader
{
    public const string FileName = "plimsoll.yaml";

    /// <summary>A commented configuration with every option, generated from their declarations.</summary>
    public static string Sample { get; } = WriteSample();

    /// <summary>Loads the configuration of a project folder; a missing file is no error.</summary>
    /// <param name="file">Another file than <see cref="FileName"/> in the folder; missing is an error then.</param>
    public static ConfigurationResult Load(
        string folder,
        IReadOnlyDictionary<string, string> environment,
        IReadOnlyList<ConfigurationOverride> overrides,
        string? file = null)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(overrides);
        DiagnosticBag diagnostics = new();
        Dictionary<string, ConfigurationSource> written = new(StringComparer.Ordinal);
        ReadFile(folder, file, diagnostics, written);
        foreach (OptionDeclaration option in OptionDeclarations.All)
        {
            if (option.Variable is { } variable && environment.TryGetValue(variable, out string? text))
            {
                written[option.Key] = new(Parse(variable, text, diagnostics), variable, ConfigurationLayer.Environment);
            }
        }

        foreach (ConfigurationOverride one in overrides)
        {
            if (OptionDeclarations.Keys.Contains(one.Key))
            {
                written[one.Key] = new(Parse(one.Flag, one.Value, diagnostics), one.Flag, ConfigurationLayer.Flag);
            }
            else
            {
                diagnostics.Error(Node.Scalar(one.Flag, one.Key), "unknown setting", Nearest.Cure(one.Key, OptionDeclarations.Keys, "setting"));
            }
        }

        PlimsollConfiguration built = Build(written, new Scalars(diagnostics));
        built = built with
        {
            Gateway = ProjectPaths.Rooted(built.Gateway, folder, environment),
            Alerts = ProjectPaths.Rooted(built.Alerts, folder, environment),
            Slack = ProjectPaths.Rooted(built.Slack, folder, environment),
        };
        return new ConfigurationResult(built, diagnostics.ToImmutable());
    }

    private static PlimsollConfiguration Build(Dictionary<string, ConfigurationSource> written, Scalars scalars)
    {
        PlimsollConfiguration configuration = PlimsollConfiguration.Default;
        ImmutableArray<ConfigurationValue>.Builder values = ImmutableArray.CreateBuilder<ConfigurationValue>();
        foreach (OptionDeclaration option in OptionDeclarations.All)
        {
            if (written.TryGetValue(option.Key, out ConfigurationSource? source))
            {
                configuration = option.Read(configuration, source.Node, scalars);
                values.Add(new ConfigurationValue(option.Key, ValueText.Of(source.Node), source.Origin, option.Description));
            }
            else
            {
                values.Add(new ConfigurationValue(option.Key, option.Default, "default", option.Description));
            }
        }

        return configuration with
        {
            Values = values.ToImmutable(),
            ConcurrencyLayer = written.GetValueOrDefault("concurrency")?.Layer ?? ConfigurationLayer.Default,
            MaxConcurrentLayer = written.GetValueOrDefault("max_concurrent")?.Layer ?? ConfigurationLayer.Default,
        };
    }

    private static void ReadFile(string folder, string? file, DiagnosticBag diagnostics, Dictionary<string, ConfigurationSource> written)
    {
        string name = file ?? FileName;
        string path = Path.Combine(folder, name);
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            if (file is not null)
            {
                diagnostics.Error(Node.Scalar(file, path), "the configuration does not exist", "Write it (plimsoll init does), or leave the flag out.");
            }

            return;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            diagnostics.Error(Node.Scalar(path, ""), null, $"the configuration cannot be read: {unreadable.Message}", "Check its permissions.");
            return;
        }

        // A file with nothing but comments is the sample as it was written: all defaults.
        bool empty = text.Split('\n').All(line => line.TrimStart() is "" or ['#', ..] || line.Trim() is "\r");
        if (!empty && NodeReader.Read(name, text, PlanFormat.Yaml, diagnostics) is { } root)
        {
            Collect(root, "", written, new Scalars(diagnostics));
        }
    }

    // Keys with a dot are written as mappings: host: {memory: 8G}.
    private static void Collect(Node node, string prefix, Dictionary<string, ConfigurationSource> written, Scalars scalars)
    {
        foreach (NodeEntry entry in scalars.Mapping(node, prefix.Length == 0 ? "the configuration" : prefix.TrimEnd('.')))
        {
            string key = prefix + entry.Key.Text;
            if (OptionDeclarations.Keys.Contains(key))
            {
                string origin = string.Create(CultureInfo.InvariantCulture, $"{entry.Value.File}:{entry.Value.Line}:{entry.Value.Column}");
                written[key] = new ConfigurationSource(entry.Value, origin, ConfigurationLayer.File);
            }
            else if (OptionDeclarations.Keys.Any(one => one.StartsWith(key + ".", StringComparison.Ordinal)))
            {
                Collect(entry.Value, key + ".", written, scalars);
            }
            else
            {
                string[] known = [.. OptionDeclarations.Keys.Where(one => one.StartsWith(prefix, StringComparison.Ordinal)).Select(one => one[prefix.Length..].Split('.')[0]).Distinct(StringComparer.Ordinal)];
                scalars.UnknownKey(entry.Key, prefix.Length == 0 ? "the configuration" : prefix.TrimEnd('.'), known);
            }
        }
    }

    // A mapping can be given in one line: PLIMSOLL_CONCURRENCY='{policy: tiers, max: 4}'.
    private static Node Parse(string origin, string text, DiagnosticBag diagnostics) =>
        text.TrimStart().StartsWith('{') && NodeReader.Read(origin, text, PlanFormat.Yaml, diagnostics) is { } node ? node : Node.Scalar(origin, text.Trim());

    private static string WriteSample()
    {
        StringBuilder sample = new("# Plimsoll's configuration. Every line is optional and shows its default or an example.\n# Environment variables come before this file, flags before both; plimsoll config shows what is in force.\n");
        string section = "";
        foreach (OptionDeclaration option in OptionDeclarations.All)
        {
            string[] path = option.Key.Split('.');
            string indent = "";
            sample.Append('\n');
            if (path.Length > 1)
            {
                indent = "  ";
                if (section != path[0])
                {
                    sample.Append("# ").Append(path[0]).Append(":\n");
                }
            }

            section = path[0];
            sample.Append("# ").Append(indent).Append("# ").Append(option.Description).Append(' ').Append(option.Bound);
            sample.Append(option.Variable is { } variable ? $" ({variable})\n" : "\n");
            sample.Append("# ").Append(indent).Append(path[^1]).Append(": ").Append(option.Example ?? option.Default).Append('\n');
        }

        return sample.ToString();
    }
}
