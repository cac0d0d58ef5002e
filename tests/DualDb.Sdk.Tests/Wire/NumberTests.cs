using System.Globalization;
using System.Numerics;
using System.Text.Json;
using DualDb.Mapping.Wire;

namespace DualDb.Sdk.Tests.Wire;

/// <summary>Numbers, which come as JSON numbers and as texts alike, to the ends of their types.</summary>
public class NumberTests
{
    [Theory]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("\"9223372036854775807\"", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("9007199254740993", 9_007_199_254_740_993)]
    [InlineData("-0", 0)]
    [InlineData("1e3", 1000)]
    [InlineData("12.0", 12)]
    public void Reads_whole_numbers(string json, long expected) => Assert.Equal(expected, Cell.Read<long>(json));

    [Theory]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("1.5")]
    [InlineData("1e400")]
    [InlineData("\"NaN\"")]
    public void Numbers_that_a_long_cannot_hold_are_refused(string json) => Assert.Throws<OverflowException>(() => Cell.Read<long>(json));

    [Fact]
    public void Each_whole_type_has_its_own_ends()
    {
        Assert.Equal(int.MinValue, Cell.Read<int>("-2147483648"));
        Assert.Equal(short.MaxValue, Cell.Read<short>("32767"));
        Assert.Throws<OverflowException>(() => Cell.Read<int>("2147483648"));
        Assert.Throws<OverflowException>(() => Cell.Read<int>("-2147483649"));
        Assert.Throws<OverflowException>(() => Cell.Read<short>("32768"));
        Assert.Throws<OverflowException>(() => Cell.Read<short>("-32769"));
    }

    [Theory]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("\"abc\"")]
    [InlineData("\"\"")]
    [InlineData("\"0x10\"")]
    public void What_is_no_number_is_refused(string json)
    {
        Assert.Throws<InvalidCastException>(() => Cell.Read<int>(json));
        Assert.Throws<InvalidCastException>(() => Cell.Read<decimal>(json));
        Assert.Throws<InvalidCastException>(() => Cell.Read<double>(json));
        Assert.Throws<InvalidCastException>(() => Cell.Read<BigInteger>(json));
    }

    [Theory]
    [InlineData("12.30", "12.30")]
    [InlineData("\"0.10\"", "0.10")]
    [InlineData("-0.0", "0.0")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [InlineData("1e-3", "0.001")]
    [InlineData("1e-28", "0.0000000000000000000000000001")]
    [InlineData("7.922816251426433759354395033500000000", "7.9228162514264337593543950335")]
    [InlineData("123456789012345678901234567.80000000000", "123456789012345678901234567.80")]
    public void Decimals_keep_their_digits(string json, string expected)
        => Assert.Equal(expected, Cell.Read<decimal>(json).ToString(CultureInfo.InvariantCulture).TrimStart('-'));

    [Theory]
    [InlineData("79228162514264337593543950336")]
    [InlineData("12345678901234567890123456789012345678")]
    [InlineData("0.00000000000000000000000000001")]
    [InlineData("-1.12345678901234567890123456789")]
    [InlineData("\"12345678901.1234567890123456789\"")]
    [InlineData("1e-29")]
    [InlineData("1.5e-28")]
    [InlineData("1e400")]
    [InlineData("\"NaN\"")]
    [InlineData("\"Infinity\"")]
    [InlineData("\"-Infinity\"")]
    public void Numbers_that_a_decimal_cannot_hold_are_refused(string json) => Assert.Throws<OverflowException>(() => Cell.Read<decimal>(json));

    [Fact]
    public void Averages_may_have_more_digits()
        => Assert.Equal(0.3333333333333333333333333333m, WireForm<decimal>.Required.Read(new JsonCell("0.33333333333333333333333333333333"u8, JsonTokenType.Number, isEscaped: false, CellUse.Rounded)));

    [Theory]
    [InlineData("1.0", "1")]
    [InlineData("1.00", "1")]
    [InlineData("10", "10")]
    [InlineData("0.50", "0.5")]
    [InlineData("-0", "0")]
    [InlineData("1.10e+20", "1.10e+20")]
    public void Equal_numbers_have_one_text(string number, string expected) => Assert.Equal(expected, NumberText.Canonical(number));

    [Fact]
    public void Great_integers_are_exact()
    {
        const string Digits = "12345678901234567890123456789012345678";
        Assert.Equal(Digits, Cell.TextOf(Cell.Read<BigInteger>(Digits)));
        Assert.Equal(Digits, Cell.TextOf(Cell.ReadText<BigInteger>(Digits)));
        Assert.Equal(new BigInteger(-12), Cell.Read<BigInteger>("-12.00"));
        Assert.Throws<InvalidCastException>(() => Cell.Read<BigInteger>("12.5"));
        Assert.Throws<InvalidCastException>(() => Cell.Read<BigInteger>("\"NaN\""));
    }

    [Fact]
    public void Doubles_know_what_is_no_number()
    {
        Assert.True(double.IsNaN(Cell.ReadText<double>("NaN")));
        Assert.Equal(double.PositiveInfinity, Cell.ReadText<double>("Infinity"));
        Assert.Equal(double.NegativeInfinity, Cell.ReadText<double>("-Infinity"));
        Assert.True(double.IsNegative(Cell.Read<double>("-0")));
        Assert.Equal(double.Epsilon, Cell.Read<double>("5e-324"));
        Assert.Equal(double.MaxValue, Cell.Read<double>("1.7976931348623157e308"));
        Assert.Equal(0.1f, Cell.Read<float>("0.1"));
        Assert.Equal(float.NegativeInfinity, Cell.ReadText<float>("-Infinity"));
        Assert.True(float.IsNaN(Cell.ReadText<float>("NaN")));
    }

    [Fact]
    public void A_number_beyond_a_double_is_no_infinity()
    {
        Assert.Throws<OverflowException>(() => Cell.Read<double>("1e400"));
        Assert.Throws<OverflowException>(() => Cell.Read<double>("-1e400"));
        Assert.Throws<OverflowException>(() => Cell.Read<float>("1e39"));
    }

    [Fact]
    public void Numbers_that_gateways_would_round_are_written_as_texts()
    {
        Assert.Equal("\"9223372036854775807\"", Cell.Write(long.MaxValue));
        Assert.Equal("\"12.30\"", Cell.Write(12.30m));
        Assert.Equal("\"NaN\"", Cell.Write(double.NaN));
        Assert.Equal("\"-Infinity\"", Cell.Write(double.NegativeInfinity));
        Assert.Equal("\"-0\"", Cell.Write(-0.0));
        Assert.Equal("-2147483648", Cell.Write(int.MinValue));
        Assert.Equal("-32768", Cell.Write(short.MinValue));
        Assert.Equal("0.1", Cell.TextOf(0.1));
        Assert.Equal("0.1", Cell.TextOf(0.1f));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("\"t\"", true)]
    [InlineData("\"f\"", false)]
    [InlineData("\"true\"", true)]
    [InlineData("\"false\"", false)]
    public void Reads_truth(string json, bool expected) => Assert.Equal(expected, Cell.Read<bool>(json));

    [Theory]
    [InlineData("1")]
    [InlineData("\"\"")]
    [InlineData("\"yes\"")]
    [InlineData("\"tomorrow\"")]
    [InlineData("[]")]
    public void What_is_no_truth_is_refused(string json) => Assert.Throws<InvalidCastException>(() => Cell.Read<bool>(json));

    [Fact]
    public void Identifiers_have_one_form()
    {
        var id = new Guid("0123abcd-0000-4000-8000-00000000ffff");
        Assert.Equal(id, Cell.ReadText<Guid>("0123ABCD-0000-4000-8000-00000000FFFF"));
        Assert.Equal("0123abcd-0000-4000-8000-00000000ffff", Cell.TextOf(id));
        Assert.Throws<FormatException>(() => Cell.ReadText<Guid>("0123abcd00004000800000000000ffff"));
        Assert.Throws<FormatException>(() => Cell.ReadText<Guid>("0123abcd-0000-4000-8000-00000000ffff0"));
    }
}
