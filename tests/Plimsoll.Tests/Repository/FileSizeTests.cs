using Xunit;

namespace Plimsoll.Tests.Repository;

/// <summary>Guards the sizes that keep a file readable in one sitting.</summary>
public sealed class FileSizeTests
{
    private const int MedianLines = 80;
    private const int NinetyPercentLines = 250;
    private const int MaximumLines = 400;

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("bench")]
    public void No_source_file_is_longer_than_400_lines(string folder)
    {
        IEnumerable<string> tooLong = Sizes(folder).Where(file => file.Lines > MaximumLines).Select(file => $"{file.Path}: {file.Lines}");
        Assert.Empty(tooLong);
    }

    [Fact]
    public void Half_of_the_sources_fit_80_lines_and_nine_of_ten_fit_250()
    {
        int[] lines = [.. Sizes("src").Select(file => file.Lines).Order()];
        Assert.True(lines[lines.Length / 2] <= MedianLines, $"median {lines[lines.Length / 2]} lines, at most {MedianLines}");
        int ninth = lines[(int)(lines.Length * 0.9)];
        Assert.True(ninth <= NinetyPercentLines, $"90 % quantile {ninth} lines, at most {NinetyPercentLines}");
    }

    private static List<(string Path, int Lines)> Sizes(string folder) =>
        [.. RepositoryFiles.Sources(folder).Select(path => (path, RepositoryFiles.Lines(path).Length))];
}
