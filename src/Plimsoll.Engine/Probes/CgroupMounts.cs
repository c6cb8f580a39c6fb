using System.Collections.Immutable;

namespace Plimsoll.Engine.Probes;

/// <summary>Where the cgroup file systems are mounted: version 2 at one place, version 1 per controller; missing = not there.</summary>
internal sealed record CgroupMounts(string? Unified, ImmutableDictionary<string, string> Controllers)
{
    public static CgroupMounts Read() => Parse(File.Exists("/proc/self/mountinfo") ? File.ReadAllLines("/proc/self/mountinfo") : []);

    /// <summary>Mount of a version 1 controller.</summary>
    public string? Of(string controller) => Controllers.GetValueOrDefault(controller);

    /// <summary>The group at this place in each hierarchy.</summary>
    public string[] FoldersOf(string place) =>
        [.. Controllers.Values.Append(Unified).OfType<string>().Distinct(StringComparer.Ordinal).Select(mount => mount + place)];

    /// <summary>Reads lines of mountinfo; see proc_pid_mountinfo(5): fields, " - ", type, source, options.</summary>
    internal static CgroupMounts Parse(IEnumerable<string> lines)
    {
        string? unified = null;
        var controllers = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (string line in lines)
        {
            string[] halves = line.Split(" - ", 2);
            string[] left = halves[0].Split(' ');
            string[] right = halves.Length == 2 ? halves[1].Split(' ') : [];
            if (left.Length < 5 || right.Length < 3)
                continue;

            if (right[0] == "cgroup2")
                unified ??= left[4];
            else if (right[0] == "cgroup")
                AddControllers(controllers, right[2], left[4]);
        }

        return new CgroupMounts(unified, controllers.ToImmutable());
    }

    // Options of the file system stand beside the controllers and harm nobody.
    private static void AddControllers(ImmutableDictionary<string, string>.Builder controllers, string options, string mount)
    {
        foreach (string option in options.Split(','))
        {
            if (!controllers.ContainsKey(option))
                controllers.Add(option, mount);
        }
    }
}
