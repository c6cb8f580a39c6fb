using System.Text;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Terminal;

namespace Plimsoll.Tests.Cli;

/// <summary>Output that is kept, and a context around it.</summary>
internal sealed class FakeTerminal
{
    private readonly Func<string> _printed;
    private readonly Func<string> _complained;

    public FakeTerminal(bool terminal = false, int width = 80, IReadOnlyDictionary<string, string>? variables = null, string input = "", string? folder = null)
    {
        string? Variable(string name) => variables?.GetValueOrDefault(name);
        var printed = new MemoryStream();
        var complained = new MemoryStream();
        Out = new OutputTarget(printed, terminal, () => width, Variable);
        Error = new OutputTarget(complained, terminal, () => width, Variable);
        _printed = () => Text(Out, printed);
        _complained = () => Text(Error, complained);
        Context = new CliContext(Out, Error, () => new MemoryStream(Encoding.UTF8.GetBytes(input)), Variable, new FixedTime(), folder ?? Path.GetTempPath());
    }

    public static IReadOnlyDictionary<string, string> NoColor { get; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["NO_COLOR"] = "1" };

    public OutputTarget Out { get; }

    public OutputTarget Error { get; }

    public CliContext Context { get; }

    public string Printed => _printed();

    public string Complained => _complained();

    private static string Text(OutputTarget target, MemoryStream stream)
    {
        target.Flush();
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
