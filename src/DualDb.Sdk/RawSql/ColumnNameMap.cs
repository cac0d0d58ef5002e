using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Dapper;

namespace DualDb.RawSql;

/// <summary>
/// Lets Dapper find <c>UserId</c> for the column <c>user_id</c>, and the member of a <see cref="ColumnAttribute"/> for its column. Set per
/// type: Dapper's own switch for underscores is one for the whole process, and another library in it may count on the default.
/// </summary>
[RequiresUnreferencedCode(RawSqlRequirements.Reflection)]
internal sealed class ColumnNameMap(Type type) : SqlMapper.ITypeMap
{
    private static readonly Lock Gate = new();

    private readonly DefaultTypeMap _names = new(type);
    private readonly Dictionary<string, string> _columns = type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Select(property => (property.Name, Column: property.GetCustomAttribute<ColumnAttribute>()?.Name))
        .Where(member => member.Column is not null)
        .ToDictionary(member => member.Column!, member => member.Name, StringComparer.Ordinal);

    /// <summary>Sets the map of a type, unless its user has set one.</summary>
    public static void Register(Type type)
    {
        if (SqlMapper.GetTypeMap(type) is not DefaultTypeMap)
        {
            return;
        }

        lock (Gate)
        {
            if (SqlMapper.GetTypeMap(type) is DefaultTypeMap)
            {
                SqlMapper.SetTypeMap(type, new ColumnNameMap(type));
            }
        }
    }

    /// <summary>
    /// A constructor that takes the columns in their order. Dapper's own search also compares types, and would pass over one that takes a
    /// <see cref="DateTimeOffset"/>, though it can convert to that.
    /// </summary>
    public ConstructorInfo? FindConstructor(string[] names, Type[] types)
    {
        var members = Array.ConvertAll(names, MemberName);
        return _names.FindConstructor(members, types) ?? Array.Find(type.GetConstructors(), constructor => Takes(constructor, members));
    }

    public ConstructorInfo? FindExplicitConstructor() => _names.FindExplicitConstructor();

    public SqlMapper.IMemberMap? GetConstructorParameter(ConstructorInfo constructor, string columnName)
        => _names.GetConstructorParameter(constructor, MemberName(columnName));

    public SqlMapper.IMemberMap? GetMember(string columnName) => _names.GetMember(MemberName(columnName)) ?? _names.GetMember(columnName);

    private string MemberName(string column)
        => _columns.GetValueOrDefault(column) ?? column.Replace("_", "", StringComparison.Ordinal);

    private static bool Takes(ConstructorInfo constructor, string[] members)
    {
        var parameters = constructor.GetParameters();
        return parameters.Length == members.Length
            && parameters.Zip(members).All(pair => pair.Second.Equals(pair.First.Name, StringComparison.OrdinalIgnoreCase));
    }
}
