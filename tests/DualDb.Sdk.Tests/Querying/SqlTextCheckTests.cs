using DualDb.Querying;

namespace DualDb.Sdk.Tests.Querying;

public class SqlTextCheckTests
{
    [Theory]
    [InlineData("a = 1")]
    [InlineData("a in (1, (2))")]
    [InlineData("a = ';--/*$1('")]
    [InlineData("\"a;--\" = 1")]
    [InlineData("a = 'it''s' and b - -1 > 0")]
    [InlineData(@"a = '\' and b = 'c'")]
    [InlineData(@"a = E'\'' and b = e'\\'")]
    [InlineData("tax$rate = 1 and a$$b = 2 and äx$1 = 3")]
    [InlineData("name = 'x' or type'a' = 'b'")]
    [InlineData("a * / b")]
    public void Takes_one_condition(string text) => Check(text);

    [Theory]
    [InlineData(";")]
    [InlineData("a; b")]
    [InlineData("a -- b")]
    [InlineData("a /* b */")]
    [InlineData("a)")]
    [InlineData(")(")]
    [InlineData("(a")]
    [InlineData("'a")]
    [InlineData("\"a")]
    [InlineData("a = $1")]
    [InlineData("$$")]
    [InlineData("$a$b$a$")]
    [InlineData("a = E'\\'")]
    [InlineData("a = E'\\'';drop")]
    [InlineData("a = '\\'; drop")]
    [InlineData("")]
    [InlineData(" \t\n")]
    [InlineData("a\0")]
    [InlineData("'\0'")]
    public void Refuses_what_is_none(string text) => Assert.Throws<FormatException>(() => Check(text));

    [Fact]
    public void Looks_across_pieces()
    {
        Assert.Throws<FormatException>(() => Check("a -", "- b"));
        Assert.Throws<FormatException>(() => Check("a /", "* b"));
        Check("(", "a", ")");
        Check("'a", "b'");
        var check = new SqlTextCheck(0);
        check.Add("a = '");
        Assert.Throws<FormatException>(() => check.AddHole("value"));
        var subtraction = new SqlTextCheck(0);
        subtraction.Add("a -");
        subtraction.AddHole("b");
        subtraction.Add("- 1 > 0");
        subtraction.RequireWhole();
    }

    private static void Check(params string[] pieces)
    {
        var check = new SqlTextCheck(0);
        foreach (var piece in pieces)
        {
            check.Add(piece);
        }

        check.RequireWhole();
    }
}
