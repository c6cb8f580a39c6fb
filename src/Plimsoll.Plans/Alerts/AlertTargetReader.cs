using System.Collections.Immutable;
using Plimsoll.Core.Watching;
using Plimsoll.Plans.Providers;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Tasks;

namespace Plimsoll.Plans.Alerts;

/// <summary>Reads <c>alerts.targets</c>: where alerts are delivered.</summary>
internal static class AlertTargetReader
{
    private const string Ways = "Write one of webhook: URL, slack: URL or command: [program, argument].";

    private static readonly string[] Keys = ["webhook", "slack", "command", "severity", "clears"];

    public static ImmutableArray<AlertTargetSettings> Read(Node node, Scalars scalars)
    {
        var targets = ImmutableArray.CreateBuilder<AlertTargetSettings>();
        foreach (NodeEntry entry in scalars.Mapping(node, "alerts.targets"))
        {
            if (!Names.IsId(entry.Key.Text))
            {
                scalars.Diagnostics.Error(entry.Key, "this cannot be the name of a target", Names.IdRule);
            }
            else if (Target(entry, scalars) is { } target)
            {
                targets.Add(target);
            }
        }

        return targets.ToImmutable();
    }

    private static AlertTargetSettings? Target(NodeEntry named, Scalars scalars)
    {
        var target = new AlertTargetSettings(named.Key.Text, AlertTargetKind.Webhook, AlertSeverity.Warning);
        int ways = 0;
        foreach (NodeEntry entry in scalars.Mapping(named.Value, $"target {named.Key.Text}"))
        {
            switch (entry.Key.Text)
            {
                case "webhook" or "slack":
                    ways++;
                    target = Address(target with { Kind = entry.Key.Text == "slack" ? AlertTargetKind.Slack : AlertTargetKind.Webhook }, entry, scalars);
                    break;
                case "command":
                    ways++;
                    target = target with
                    {
                        Kind = AlertTargetKind.Command,
                        Command = [.. scalars.OneOrMore(entry.Value, "command").Select(one => scalars.Text(one, "a word of command")).OfType<string>()],
                    };
                    break;
                case "severity":
                    target = target with { Least = AlertRuleReader.Severity(entry.Value, scalars) ?? target.Least };
                    break;
                case "clears":
                    target = target with { Clears = scalars.Boolean(entry.Value, "clears") ?? true };
                    break;
                default:
                    scalars.UnknownKey(entry.Key, "a target", Keys);
                    break;
            }
        }

        if (ways != 1)
        {
            scalars.Diagnostics.Error(named.Key, ways == 0 ? "the target does not say how it is reached" : "the target says more than one way", Ways);
            return null;
        }

        return target is { Kind: AlertTargetKind.Command, Command.IsEmpty: true } or { Kind: not AlertTargetKind.Command, Url: null, Source: null } ? null : target;
    }

    // The address of a chat service is a secret in itself: it may be named instead of written.
    private static AlertTargetSettings Address(AlertTargetSettings target, NodeEntry entry, Scalars scalars)
    {
        if (entry.Value.Kind == NodeKind.Map)
        {
            return KeyReader.Read(entry.Value, scalars) is { } source ? target with { Source = source } : target;
        }

        string? text = scalars.Text(entry.Value, entry.Key.Text, 4000);
        if (text is null)
        {
            return target;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0)
        {
            return target with { Url = text };
        }

        scalars.Diagnostics.Error(entry.Value, $"{entry.Key.Text} must be an http or https address without a user", "Write https://host/path, or {from: VARIABLE} where it is secret.");
        return target;
    }
}
