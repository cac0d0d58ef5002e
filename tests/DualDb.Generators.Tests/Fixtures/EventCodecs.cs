// Every kind of value that an event can hold, and every way in which a type can be made.

#pragma warning disable CS0618 // A member that is marked obsolete is stored like any other: the fixture has one.
using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;
using DualDb.Consistency.Events;

namespace Codecs;

public enum Plain { None, Some = 5, Negative = -3, Alias = 5, @class }

[Flags]
public enum Rights : ulong { Read = 1, Write = 2, High = 1UL << 63 }

public enum Tiny : sbyte { Low = sbyte.MinValue, High = sbyte.MaxValue }

public enum Wide : uint { Most = uint.MaxValue }

public enum Empty;

public enum Gone { Here, [Obsolete("No longer.", error: true)] Away }

[DomainEvent("scalars")]
public sealed partial record Scalars(
    bool Bool, char Char, sbyte SByte, byte Byte, short Short, ushort UShort, int Int, uint UInt, long Long, ulong ULong, float Float, double Double, decimal Decimal, BigInteger Big,
    string Text, Guid Guid, byte[] Bytes, Uri Uri, DateTime DateTime, DateTimeOffset DateTimeOffset, DateOnly DateOnly, TimeOnly TimeOnly, TimeSpan TimeSpan, IPAddress Address,
    IPNetwork Network, Plain Plain, Rights Rights, Tiny Tiny, Wide Wide, Empty Empty, Gone Gone);

[DomainEvent("nullables")]
public sealed partial record Nullables(
    bool? Bool, char? Char, sbyte? SByte, byte? Byte, short? Short, ushort? UShort, int? Int, uint? UInt, long? Long, ulong? ULong, float? Float, double? Double, decimal? Decimal, BigInteger? Big,
    string? Text, Guid? Guid, byte[]? Bytes, Uri? Uri, DateTime? DateTime, DateTimeOffset? DateTimeOffset, DateOnly? DateOnly, TimeOnly? TimeOnly, TimeSpan? TimeSpan, IPAddress? Address,
    IPNetwork? Network, Plain? Plain, Rights? Rights, Point? Point, Node? Node, int[]? Numbers, ImmutableArray<int>? Fixed, Dictionary<string, int>? Map);

[DomainEvent("collections")]
public sealed partial record Collections(
    int[] Array, string?[] Texts, int?[] Numbers, List<string> List, IList<Guid> IList, IReadOnlyList<Point> Points, IEnumerable<Plain> Enums, ICollection<byte[]> Blobs,
    IReadOnlyCollection<List<int>?> Nested, int[][] Jagged, ImmutableArray<Node> Nodes, Dictionary<string, decimal> Map, IReadOnlyDictionary<string, List<Point>> Lists,
    IDictionary<string, string?> Nulls, Dictionary<string, Dictionary<string, Node?>> Deep, Dictionary<string, List<string?>[]>? Odd);

public readonly record struct Point(int X, int Y);

public record struct Mutable { public int A { get; set; } public string B { get; init; } }

public readonly struct Old
{
    public Old(int number) => Number = number;

    public int Number { get; }
}

public sealed record Node(string Name, List<Node> Children, Node? Next = null);

public class Base
{
    public required string Name { get; init; }

    public string Own { get; set; } = "own";
}

public sealed class Derived : Base
{
    public int? Number { get; set; } = 5;

    public List<int> Numbers { get; init; } = [1, 2];

    public required Guid Id { get; set; }

    internal int Hidden { get; set; }

    [JsonInclude]
    internal int Included { get; set; }

    [JsonIgnore]
    public object Ignored { get; set; } = new();

    public int Computed => Numbers.Count;
}

public sealed class Primary(int number, string text = "te\"xt")
{
    public int Number { get; } = number;

    public string Text { get; } = text;

    public double Ratio { get; set; } = 0.5;
}

public sealed class Chosen
{
    public Chosen() => throw new NotSupportedException();

    [JsonConstructor]
    public Chosen(int @int) => Int = @int;

    public int Int { get; }
}

public sealed record Generic<T>(T Value, List<T> Values);

public sealed class SetsRequired
{
    [SetsRequiredMembers]
    public SetsRequired(string name) => Name = name;

    public required string Name { get; init; }
}

[DomainEvent("types")]
public sealed partial class Types
{
    public required Point Point { get; init; }

    public required Mutable Mutable { get; init; }

    public required Old Old { get; init; }

    public required Node Node { get; init; }

    public required Derived Derived { get; init; }

    public required Primary Primary { get; init; }

    public required Chosen Chosen { get; init; }

    public required Generic<string> Strings { get; init; }

    public required Generic<string?> NullableStrings { get; init; }

    public required Generic<Point> Points { get; init; }

    public required SetsRequired SetsRequired { get; init; }

    public required Inner Inside { get; init; }

    internal enum Secret { A, B }

    // What is taken by the user is left to him.
    private static string PayloadJson => "";

    private sealed record Hidden(Secret Secret);

    [JsonInclude]
    private Hidden Private { get; set; } = new(Secret.B);

    public static bool IsSecret(Types types) => types.Private.Secret == Secret.B && PayloadJson.Length == 0;

    public sealed record Inner(string Text);
}

[DomainEvent("json")]
public sealed partial record Json(JsonElement Element, JsonElement? Perhaps, JsonDocument Document);

[DomainEvent("defaults")]
public sealed partial record Defaults(
    int Required, int Number = -7, string Text = "a\n\"b", string? Nothing = null, char Letter = '\'', double Ratio = double.NaN, float Share = 1.5f, decimal Money = 1.10m, long Long = long.MinValue,
    ulong Most = ulong.MaxValue, bool Flag = true, Plain Plain = Plain.Some, Plain? Perhaps = Plain.None, Guid Id = default, int? Five = 5, string Never = null!, Rights Rights = (Rights)3)
{
    public string Own { get; init; } = "own";

    public int? Nullable { get; init; } = 3;

    public List<int> List { get; init; } = [1];

    public int Later { get; set; } = 9;
}

[DomainEvent("empty")]
public sealed partial record Nothing;

[DomainEvent("names")]
public sealed partial record @record([property: JsonPropertyName("ä \"quoted\" 名")] int @int, int URL, int IPAddress, int @class, int reader, int value, int writer, int initial);

public static partial class Outer
{
    internal partial struct Middle
    {
        [DomainEvent("nested")]
        internal partial struct Inner
        {
            public int Number { get; set; }
        }
    }
}

#nullable disable
[DomainEvent("oblivious")]
public sealed partial record Oblivious(string Text, List<string> Texts, Dictionary<string, Node> Nodes);
#nullable restore
