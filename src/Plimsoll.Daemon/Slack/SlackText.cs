using System.Text;
using System.Text.RegularExpressions;
using Plimsoll.Daemon.Messages;

namespace Plimsoll.Daemon.Slack;

/// <summary>Texts as Slack writes them: three characters are escaped, and people, channels and links stand in angle brackets.</summary>
/// <remarks>https://docs.slack.dev/messaging/formatting-message-text</remarks>
internal static partial class SlackText
{
    /// <summary>Slack cuts longer ones.</summary>
    private const int Longest = 3900;

    /// <summary>What a person wrote: the bot's own mention is left out, a link is its address.</summary>
    public static string Read(string text) => Bracketed().Replace(text, static match => match.Groups["kind"].Value switch
    {
        "@" or "!" => "",
        "#" => "#" + (match.Groups["label"] is { Success: true } label ? label.Value : match.Groups["body"].Value),
        _ => match.Groups["body"].Value,
    }).Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal).Trim();

    /// <summary>A message for people; nothing in it can notify a whole channel.</summary>
    public static string Write(KeptMessage message)
    {
        var text = new StringBuilder(message.Author).Append(": ").Append(message.Text);
        if (message.Note is { } note)
        {
            text.Append(" (").Append(note).Append(')');
        }

        if (text.Length > Longest)
        {
            text.Length = Longest;
            text.Append('…');
        }

        return text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").ToString();
    }

    [GeneratedRegex(@"<(?<kind>[@#!]?)(?<body>[^<>|]*)(?:\|(?<label>[^<>]*))?>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Bracketed();
}
