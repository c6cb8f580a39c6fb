using System.Globalization;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Units;
using Plimsoll.Plans.Reading;

namespace Plimsoll.Plans.Tasks;

/// <summary>Reads <c>concurrency:</c>: a number, the name of a policy, or a mapping of its options.</summary>
internal sealed class ConcurrencyReader(Scalars scalars)
{
    /// <summary>Options of the mapping form with their JSON Schema.</summary>
    public static readonly (string Key, string Schema)[] Options =
    [
        ("policy", """{"anyOf":[{"enum":["auto","tiers","formula","reserve"]},{"type":"integer","minimum":1,"maximum":1024}]}"""),
        ("max", """{"type":"integer","minimum":1,"maximum":1024}"""),
        ("per_task", """{"$ref":"#/$defs/size"}"""),
        ("reserve", """{"$ref":"#/$defs/size"}"""),
        ("protect", """{"anyOf":[{"type":"boolean"},{"enum":["on","off"]}]}"""),
        ("pause_above", """{"type":["string","number"]}"""),
        ("cool_down", """{"$ref":"#/$defs/duration"}"""),
    ];

    private const int MostTasks = 1024;
    private const double DefaultPauseAbove = 0.85;

    private static readonly string[] Policies = ["auto", "tiers", "formula", "reserve"];
    private static readonly TimeSpan DefaultCoolDown = TimeSpan.FromSeconds(3);
    private static readonly Bytes DefaultPerTask = new(1_610_612_736);

    public ConcurrencyPolicy? Read(Node node)
    {
        if (node.Kind != NodeKind.Map)
        {
            return Policy(node) is { } word ? Build(word, node, new Written()) : null;
        }

        Written written = new();
        string? policy = null;
        bool good = true;
        foreach (NodeEntry entry in node.Entries)
        {
            Node value = entry.Value;
            good &= entry.Key.Text switch
            {
                "policy" => (policy = Policy(value)) is not null,
                "max" => (written.Max = scalars.Integer(value, "max", 1, MostTasks)) is not null,
                "per_task" => (written.PerTask = scalars.Size(value, "per_task")) is not null,
                "reserve" => (written.Reserve = scalars.Size(value, "reserve")) is not null,
                "protect" => (written.Protect = scalars.Boolean(value, "protect")) is not null,
                "pause_above" => PauseAbove(value, written),
                "cool_down" => (written.CoolDown = scalars.Duration(value, "cool_down", zero: true)) is not null,
                _ => Unknown(entry.Key),
            };
        }

        return good ? Build(policy ?? (written is { Protect: not null, Max: { } max } ? max.ToString(CultureInfo.InvariantCulture) : "auto"), node, written) : null;
    }

    /// <summary>Reads <c>auto</c> (null) or a number from 1 to 1024; anything else is refused with the reason.</summary>
    public bool TryReadMaximum(Node node, string what, out int? maximum)
    {
        maximum = null;
        if (node is { Kind: NodeKind.Scalar, Text: "auto" })
        {
            return true;
        }

        if (node.Kind == NodeKind.Scalar && int.TryParse(node.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is >= 1 and <= MostTasks)
        {
            maximum = count;
            return true;
        }

        scalars.Diagnostics.Error(node, $"{what} must be auto or a whole number from 1 to {MostTasks}", $"Write auto, or a number from 1 to {MostTasks}.");
        return false;
    }

    private static double? Pause(Written written, bool isStatic) => written.PauseWritten ? written.PauseAbove : isStatic ? DefaultPauseAbove : null;

    private ConcurrencyPolicy? Build(string policy, Node node, Written written)
    {
        TimeSpan coolDown = written.CoolDown ?? DefaultCoolDown;
        if (!CheckOptions(policy, node, written))
        {
            return null;
        }

        return policy switch
        {
            "auto" => new AutoConcurrency(written.Max, Pause(written, false), coolDown),
            "tiers" => new TiersConcurrency(written.Max, Pause(written, true), coolDown),
            "formula" => new FormulaConcurrency(written.PerTask ?? DefaultPerTask, written.Max ?? 8, Pause(written, true), coolDown),
            "reserve" => new ReserveConcurrency(written.PerTask ?? DefaultPerTask, written.Reserve, written.Max, Pause(written, true), coolDown),
            _ => new FixedConcurrency(
                Math.Min(int.Parse(policy, CultureInfo.InvariantCulture), written.Max ?? MostTasks),
                written.Protect ?? true,
                Pause(written, true),
                coolDown),
        };
    }

    private bool CheckOptions(string policy, Node node, Written written)
    {
        bool isFixed = char.IsAsciiDigit(policy[0]);
        string? wrong = (written.PerTask, written.Reserve, written.Protect) switch
        {
            (not null, _, _) when policy is not ("formula" or "reserve") => "per_task belongs to the policies formula and reserve",
            (_, not null, _) when policy != "reserve" => "reserve belongs to the policy reserve",
            (_, _, not null) when !isFixed => "protect belongs to a fixed number",
            _ => null,
        };
        if (wrong is not null)
        {
            scalars.Diagnostics.Error(node, policy, wrong, "Change policy, or remove the option.");
        }

        return wrong is null;
    }

    private string? Policy(Node node)
    {
        if (node.Kind == NodeKind.Scalar && Policies.Contains(node.Text))
        {
            return node.Text;
        }

        if (node.Kind == NodeKind.Scalar && node.Text.Length > 0 && !node.Text.AsSpan().ContainsAnyExceptInRange('0', '9')
            && int.TryParse(node.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is >= 1 and <= MostTasks)
        {
            return count.ToString(CultureInfo.InvariantCulture);
        }

        scalars.Diagnostics.Error(
            node,
            $"concurrency must be auto, tiers, formula, reserve or a whole number from 1 to {MostTasks}",
            Nearest.Find(node.Text, Policies) is { } near ? $"Did you mean {near}?" : $"Write auto, or a number from 1 to {MostTasks}.");
        return null;
    }

    private bool PauseAbove(Node value, Written written)
    {
        written.PauseWritten = true;
        if (value is { Kind: NodeKind.Scalar, Text: "off" or "false" })
        {
            return true;
        }

        written.PauseAbove = scalars.Share(value, "pause_above");
        return written.PauseAbove is not null;
    }

    private bool Unknown(Node key)
    {
        scalars.UnknownKey(key, "concurrency", [.. Options.Select(option => option.Key)]);
        return false;
    }

    private sealed class Written
    {
        public int? Max { get; set; }

        public Bytes? PerTask { get; set; }

        public Bytes? Reserve { get; set; }

        public bool? Protect { get; set; }

        public bool PauseWritten { get; set; }

        public double? PauseAbove { get; set; }

        public TimeSpan? CoolDown { get; set; }
    }
}
