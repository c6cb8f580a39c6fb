using System.Text.RegularExpressions;
using Xunit;

namespace Plimsoll.Tests.Repository;

/// <summary>Guards the style rules that no analyzer checks.</summary>
public sealed partial class SourceStyleTests
{
    private static readonly string[] Folders = ["src", "tests", "bench"];

    [Fact]
    public void A_file_declares_one_type()
    {
        IEnumerable<string> wrong = AllSources()
            .Select(path => (Path: path, Types: TopLevelType().Matches(RepositoryFiles.Read(path)).Select(match => match.Groups["name"].Value).ToArray()))
            .Where(file => file.Types.Distinct(StringComparer.Ordinal).Count() > 1)
            .Select(file => $"{file.Path}: {string.Join(", ", file.Types)}");
        Assert.Empty(wrong);
    }

    [Fact]
    public void A_file_is_named_for_its_type()
    {
        IEnumerable<string> wrong = AllSources()
            .Select(path => (Path: path, Type: TopLevelType().Match(RepositoryFiles.Read(path))))
            .Where(file => file.Type.Success && file.Type.Groups["name"].Value != Path.GetFileNameWithoutExtension(file.Path).Split('.')[0])
            .Select(file => $"{file.Path}: {file.Type.Groups["name"].Value}");
        Assert.Empty(wrong);
    }

    [Fact]
    public void No_type_has_a_name_that_says_nothing()
    {
        IEnumerable<string> wrong = AllSources().Where(path => EmptyName().IsMatch(Path.GetFileNameWithoutExtension(path)));
        Assert.Empty(wrong);
    }

    [Fact]
    public void No_source_hides_lines_in_a_region()
    {
        Assert.Empty(Matching(Region()));
    }

    [Fact]
    public void A_suppression_carries_its_reason()
    {
        Assert.DoesNotContain(Matching(BarePragma()).Concat(Matching(BareSuppression())), hit => !hit.Contains(nameof(SourceStyleTests), StringComparison.Ordinal));
    }

    [Fact]
    public void No_source_keeps_leftovers()
    {
        Assert.DoesNotContain(Matching(Leftover()), hit => !hit.Contains(nameof(SourceStyleTests), StringComparison.Ordinal));
    }

    private static IEnumerable<string> AllSources() => Folders.SelectMany(RepositoryFiles.Sources);

    private static IEnumerable<string> Matching(Regex pattern) =>
        from path in AllSources()
        from line in RepositoryFiles.Lines(path).Select((text, index) => (Text: text, Number: index + 1))
        where pattern.IsMatch(line.Text)
        select $"{path}:{line.Number}: {line.Text.Trim()}";

    // A type at the left margin: namespaces are file-scoped everywhere, so nested types are indented.
    [GeneratedRegex(@"^(?:(?:public|internal|file|sealed|static|abstract|partial|readonly|unsafe|ref)\s+)*(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?|delegate\s+[\w<>\[\]?,. ]+?)\s+(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex TopLevelType();

    [GeneratedRegex("(Manager|Helper|Helpers|Util|Utils|Utility|Common|Impl)$")]
    private static partial Regex EmptyName();

    [GeneratedRegex(@"^\s*#region")]
    private static partial Regex Region();

    [GeneratedRegex(@"#pragma warning disable \S+\s*$")]
    private static partial Regex BarePragma();

    [GeneratedRegex(@"^\s*\[.*SuppressMessage\((?!.*Justification).*\)\]")]
    private static partial Regex BareSuppression();

    [GeneratedRegex(@"NotImplementedException|//.*\b(TODO|FIXME|HACK)\b")]
    private static partial Regex Leftover();
}
