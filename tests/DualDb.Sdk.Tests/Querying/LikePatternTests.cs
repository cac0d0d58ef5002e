using System.Text;
using System.Text.RegularExpressions;
using DualDb.Querying;

namespace DualDb.Sdk.Tests.Querying;

public class LikePatternTests
{
    private static readonly string[] Pieces = ["a", "b", "A", "%", "_", "\\%", "\\_", "\\\\", "\\a", "ä", "😀", "%%", ".", "*", "\n"];

    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "%", true)]
    [InlineData("", "_", false)]
    [InlineData("a", "", false)]
    [InlineData("abc", "a%c", true)]
    [InlineData("abcb", "a%c", false)]
    [InlineData("aXbXc", "a%b%c", true)]
    [InlineData("😀", "_", true)]
    [InlineData("😀😀", "_", false)]
    [InlineData("a%b", "a\\%b", true)]
    [InlineData("axb", "a\\%b", false)]
    [InlineData("a\\b", "a\\\\b", true)]
    [InlineData("A", "a", false)]
    public void Matches_as_like_does(string text, string pattern, bool expected)
        => Assert.Equal(expected, LikePattern.IsMatch(text, pattern, ignoreCase: false));

    [Fact]
    public void Matches_as_a_regular_expression_of_the_same_meaning()
    {
        var random = new Random(1);
        var matches = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var pattern = Some(random, Pieces, 6);
            var text = Some(random, ["a", "b", "A", "%", "_", "\\", "ä", "😀", ".", "\n"], 6);
            var expected = Regex.IsMatch(text, Meaning(pattern), RegexOptions.Singleline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));
            Assert.True(expected == LikePattern.IsMatch(text, pattern, ignoreCase: false), $"'{text}' like '{pattern}' is {expected}");
            matches += expected ? 1 : 0;
        }

        Assert.InRange(matches, 200, 19_800);
    }

    [Fact]
    public void Escapes_every_text_so_that_it_stands_for_itself()
    {
        var random = new Random(2);
        for (var i = 0; i < 5_000; i++)
        {
            var (one, other) = (Some(random, Pieces, 5), Some(random, Pieces, 5));
            var escaped = LikePattern.Escape(one);
            LikePattern.Check(escaped);
            Assert.True(LikePattern.IsMatch(one, escaped, ignoreCase: false));
            Assert.Equal(one == other, LikePattern.IsMatch(other, escaped, ignoreCase: false));
            Assert.True(LikePattern.IsMatch(other + one + other, "%" + escaped + "%", ignoreCase: false));
        }
    }

    [Fact]
    public void Matches_many_wildcards_in_no_time()
        => Assert.False(LikePattern.IsMatch(new string('a', 5_000), string.Concat(Enumerable.Repeat("%a", 2_000)) + "b", ignoreCase: false));

    [Theory]
    [InlineData("\\", true)]
    [InlineData("a\\\\", false)]
    [InlineData("a\\\\\\", true)]
    [InlineData("\\a", false)]
    [InlineData("", false)]
    public void Refuses_a_backslash_that_escapes_nothing(string pattern, bool isRefused)
        => Assert.Equal(isRefused, Record.Exception(() => LikePattern.Check(pattern)) is ArgumentException);

    private static string Some(Random random, string[] pieces, int most)
        => string.Concat(Enumerable.Range(0, random.Next(most + 1)).Select(_ => pieces[random.Next(pieces.Length)]));

    // Code points that need two units are one character to like and two to a regular expression.
    private static string Meaning(string pattern)
    {
        var expression = new StringBuilder(@"\A");
        var isEscaped = false;
        foreach (var rune in pattern.EnumerateRunes())
        {
            var piece = rune.ToString();
            if (!isEscaped && piece == "\\")
            {
                isEscaped = true;
                continue;
            }

            expression.Append(isEscaped ? Regex.Escape(piece) : piece switch { "%" => ".*", "_" => "(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|[^\uD800-\uDFFF])", _ => Regex.Escape(piece) });
            isEscaped = false;
        }

        return expression.Append(@"\z").ToString();
    }
}
