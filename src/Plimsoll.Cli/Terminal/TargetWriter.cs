using System.Text;

namespace Plimsoll.Cli.Terminal;

/// <summary>An output as a text writer whose lines are seen at once.</summary>
internal sealed class TargetWriter(OutputTarget target) : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value) => target.Write(value ?? "");

    public override void WriteLine(string? value)
    {
        target.WriteLine(value ?? "");
        target.Flush();
    }
}
