using System.Text;
using Plimsoll.Cli.Terminal;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Cli;

public sealed class ControlEscaperTests
{
    [Theory]
    [InlineData("\x1b]52;c;cm0gLXJmIC8=\x07", "^[]52;c;cm0gLXJmIC8=^G")]
    [InlineData("\x1b[2J\x1b[Hgone", "^[[2J^[[Hgone")]
    [InlineData("safe\rfake", "safe^Mfake")]
    [InlineData("dos line\r", "dos line")]
    [InlineData("\x1b]0;title\x1b\\", "^[]0;title^[\\")]
    [InlineData("back\b\bspace\x7f", "back^H^Hspace^?")]
    [InlineData("tab\tstays", "tab\tstays")]
    [InlineData("\u009b31mC1", "<U+009B>31mC1")]
    [InlineData("\u202egnp.exe", "<U+202E>gnp.exe")]
    [InlineData("Grüße, 世界 🚢", "Grüße, 世界 🚢")]
    [InlineData("\x1bP1;2|0\x1b\\", "^[P1;2|0^[\\")]
    [InlineData("\0", "^@")]
    public void Control_sequences_are_shown_instead_of_obeyed(string line, string shown) => Assert.Equal(shown, Escape(Encoding.UTF8.GetBytes(line)));

    [Fact]
    public void Colours_stay_and_end_with_their_line() => Assert.Equal("\x1b[1;38:5:9mred\x1b[0m", Escape("\x1b[1;38:5:9mred"u8.ToArray()));

    [Fact]
    public void Colours_are_shown_when_colours_are_off() => Assert.Equal("^[[31mred", Escape("\x1b[31mred"u8.ToArray(), keepColor: false));

    [Fact]
    public void A_sequence_that_only_begins_like_a_colour_is_shown() => Assert.Equal("^[[31;5Hx", Escape("\x1b[31;5Hx"u8.ToArray()));

    [Fact]
    public void Bytes_that_are_not_UTF8_are_shown_in_hexadecimal() => Assert.Equal("a\\xff\\x9b\\xc3(", Escape([(byte)'a', 0xFF, 0x9B, 0xC3, (byte)'(']));

    [Fact]
    public void No_byte_string_lets_a_control_character_through()
    {
        var random = new Random(1);
        byte[] line = new byte[64];
        for (int round = 0; round < TestLevel.Count(2_000, 20_000, 200_000); round++)
        {
            random.NextBytes(line);
            if (round % 2 == 0)
            {
                for (int index = 0; index < line.Length; index += 3)
                    line[index] = "\x1b[]\r\x9b;m7"u8[line[index] % 8];
            }

            string shown = Escape(line, keepColor: false);
            Assert.DoesNotContain(shown, letter => char.IsControl(letter) && letter != '\t');
        }
    }

    [Fact]
    public void A_name_with_a_newline_stays_in_one_line() => Assert.Equal("a\\nb^[[0m", ControlEscaper.Text("a\nb\x1b[0m"));

    [Fact]
    public void A_harmless_name_is_not_copied()
    {
        const string Name = "review[ä.cs]";
        Assert.Same(Name, ControlEscaper.Text(Name));
    }

    private static string Escape(byte[] line, bool keepColor = true)
    {
        var safe = new StringBuilder();
        ControlEscaper.Append(line, keepColor, safe);
        return safe.ToString();
    }
}
