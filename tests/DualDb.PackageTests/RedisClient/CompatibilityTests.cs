using System.Reflection;
using StackExchange.Redis;

namespace DualDb.PackageTests.RedisClient;

/// <summary>
/// The SDK is compiled against the oldest StackExchange.Redis that it takes. Applications bring later ones, to which every
/// call must bind as it stands.
/// </summary>
public sealed class CompatibilityTests
{
    private const string Client = "StackExchange.Redis";

    private static readonly IReadOnlyDictionary<string, OfferedType> Floor = OfferedType.Read(typeof(ConnectionMultiplexer).Assembly.Location);

    public static TheoryData<string> LaterVersions => [.. Metadata("LaterRedisClients").Split(';')];

    [Theory]
    [MemberData(nameof(LaterVersions))]
    public void Every_member_that_the_SDK_calls_is_there(string version) =>
        Assert.Empty(Compatibility.Problems(UsedBySdk(), Floor, Later(version)));

    [Fact]
    public void What_the_SDK_calls_is_found()
    {
        var folder = Path.Combine(Metadata("RepositoryRoot"), "src", "DualDb.Sdk");
        var calls = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Any(static file => File.ReadAllText(file).Contains($"using {Client};", StringComparison.Ordinal));

        Assert.Equal(calls, UsedBySdk().Any(static type => type.Members.Count > 0));
    }

    [Theory]
    [MemberData(nameof(LaterVersions))]
    public void What_a_later_version_changed_is_found(string version)
    {
        var used = UsedType.Read(typeof(Specimen).Assembly.Location, Client);

        Assert.Contains(used, static type => type is { Name: "StackExchange.Redis.IReconnectRetryPolicy", IsImplemented: true });
        Assert.Contains(
            "static Int64 op_Explicit(StackExchange.Redis.RedisResult)",
            used.Single(static type => type.Name is "StackExchange.Redis.RedisResult").Members);
        Assert.Equal(
            [
                "StackExchange.Redis.IConnectionMultiplexer has no Void Dispose()",
                "StackExchange.Redis.IRedisAsync has no StackExchange.Redis.ConnectionMultiplexer get_Multiplexer()",
            ],
            Compatibility.Problems(used, Floor, Later(version)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_in_order_is_no_problem() =>
        Assert.Empty(Compatibility.Problems(UsedType.Read(typeof(Specimen).Assembly.Location, Client), Floor, Floor));

    [Theory]
    [InlineData("StackExchange.Redis.IDatabaseAsync", "Void NoSuchMember()", false, "StackExchange.Redis.IDatabaseAsync has no Void NoSuchMember()")]
    [InlineData("StackExchange.Redis.NoSuchType", "", false, "StackExchange.Redis.NoSuchType is gone")]
    [InlineData("StackExchange.Redis.RedisServerException", "", false, "StackExchange.Redis.RedisServerException no longer derives from StackExchange.Redis.RedisException")]
    [InlineData("StackExchange.Redis.CommandFlags", "", false, "StackExchange.Redis.CommandFlags.NoRedirect was 64 and is 65")]
    [InlineData("StackExchange.Redis.RedisKey", "", false, "StackExchange.Redis.RedisKey was a struct and is a class")]
    [InlineData("StackExchange.Redis.IReconnectRetryPolicy", "", true, "StackExchange.Redis.IReconnectRetryPolicy also asks for Void More()")]
    public void Each_kind_of_change_is_told(string type, string member, bool isImplemented, string problem)
    {
        var members = member.Length == 0 ? [] : new HashSet<string>(StringComparer.Ordinal) { member };
        var used = new UsedType(type, members, isImplemented);

        Assert.Equal([problem], Compatibility.Problems([used], Floor, Changed()));
        Assert.Empty(Compatibility.Problems([new UsedType("StackExchange.Redis.When", new HashSet<string>(StringComparer.Ordinal), IsImplemented: false)], Floor, Changed()));
    }

    /// <summary>The floor with made-up changes.</summary>
    private static Dictionary<string, OfferedType> Changed()
    {
        var changed = new Dictionary<string, OfferedType>(Floor, StringComparer.Ordinal);
        var error = Floor["StackExchange.Redis.RedisServerException"];
        changed[error.Name] = error with { Base = "System.Exception" };
        var flags = Floor["StackExchange.Redis.CommandFlags"];
        changed[flags.Name] = flags with { Constants = new Dictionary<string, string>(flags.Constants, StringComparer.Ordinal) { ["NoRedirect"] = "65" } };
        var key = Floor["StackExchange.Redis.RedisKey"];
        changed[key.Name] = key with { Kind = "class" };
        var policy = Floor["StackExchange.Redis.IReconnectRetryPolicy"];
        changed[policy.Name] = policy with { MustBeImplemented = policy.MustBeImplemented.Append("Void More()").ToHashSet(StringComparer.Ordinal) };
        return changed;
    }

    private static IReadOnlyList<UsedType> UsedBySdk() =>
        UsedType.Read(Path.Combine(Metadata("RepositoryRoot"), "src", "DualDb.Sdk", "bin", Metadata("Configuration"), "net10.0", "DualDb.Sdk.dll"), Client);

    // The folder of the framework that NuGet chooses for applications of this one.
    private static IReadOnlyDictionary<string, OfferedType> Later(string version) =>
        OfferedType.Read(Path.Combine(Metadata("PackageRoot"), Client.ToLowerInvariant(), version, "lib", "net10.0", $"{Client}.dll"));

    private static string Metadata(string key) =>
        typeof(CompatibilityTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
