using System.Reflection;
using System.Runtime.CompilerServices;

namespace DualDb.IntegrationTests.Repositories.Contract;

/// <summary>What the attributes of an entity say, found by reflection, so that nothing generated judges itself.</summary>
internal sealed class Traits
{
    private const BindingFlags Everywhere = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private Traits(Type entity)
    {
        Entity = entity;
        Stored = [.. Properties(entity).Where(IsStored)];
        Version = With<VersionAttribute>();
        CreatedAt = With<CreatedAtAttribute>();
        UpdatedAt = With<UpdatedAtAttribute>();
        SoftDelete = With<SoftDeleteAttribute>();
        Keys = [.. Stored.Where(property => Attribute<KeyAttribute>(property) is not null)];
        HasGeneratedKey = Keys.Any(property => Attribute<KeyAttribute>(property)!.Generated);
        Given = [.. Stored.Where(property => !IsMadeByDatabase(property))];
    }

    public Type Entity { get; }

    /// <summary>All members that are read and written.</summary>
    public IReadOnlyList<PropertyInfo> Stored { get; }

    /// <summary>Those whose value the caller decides.</summary>
    public IReadOnlyList<PropertyInfo> Given { get; }

    public IReadOnlyList<PropertyInfo> Keys { get; }

    public bool HasGeneratedKey { get; }

    public PropertyInfo? Version { get; }

    public PropertyInfo? CreatedAt { get; }

    public PropertyInfo? UpdatedAt { get; }

    public PropertyInfo? SoftDelete { get; }

    public bool IsCached => Entity.IsDefined(typeof(CachedForAttribute), inherit: false);

    public static Traits Of(Type entity) => new(entity);

    public long VersionOf(object row) => Convert.ToInt64(Version!.GetValue(row), System.Globalization.CultureInfo.InvariantCulture);

    public bool IsMarked(object row) => SoftDelete!.GetValue(row) is not (null or false);

    public DateTimeOffset InstantOf(PropertyInfo time, object row) => time.GetValue(row) switch
    {
        DateTimeOffset instant => instant,
        DateTime utc => new DateTimeOffset(utc, TimeSpan.Zero),
        var other => throw new InvalidOperationException($"{time.Name} is {other}."),
    };

    public void SetInstant(PropertyInfo time, object row, DateTimeOffset value)
        => time.SetValue(row, time.PropertyType == typeof(DateTime) ? (object)value.UtcDateTime : value);

    private bool IsMadeByDatabase(PropertyInfo property)
        => property == Version || property == CreatedAt || property == UpdatedAt || (HasGeneratedKey && Keys.Contains(property));

    private PropertyInfo? With<T>()
        where T : Attribute
        => Stored.SingleOrDefault(property => Attribute<T>(property) is not null);

    /// <summary>From the type up; a member that is overridden or hidden counts once, as the derived type has it.</summary>
    private static IEnumerable<PropertyInfo> Properties(Type type)
        => Lineage(type)
            .SelectMany(static level => level.GetProperties(Everywhere | BindingFlags.DeclaredOnly))
            .DistinctBy(static property => property.Name, StringComparer.Ordinal);

    private static IEnumerable<Type> Lineage(Type? type)
    {
        for (; type is not null && type != typeof(object); type = type.BaseType)
        {
            yield return type;
        }
    }

    private static bool IsStored(PropertyInfo property)
        => property.GetIndexParameters().Length == 0
            && !property.Name.Contains('.', StringComparison.Ordinal)
            && Attribute<NotMappedAttribute>(property) is null
            && (IsPublic(property) || Attribute<ColumnAttribute>(property) is not null || Attribute<KeyAttribute>(property) is not null)
            && (property.CanWrite || IsAutomatic(property));

    private static bool IsPublic(PropertyInfo property) => property.GetMethod is { IsPublic: true };

    private static bool IsAutomatic(PropertyInfo property)
        => property.DeclaringType!.GetField($"<{property.Name}>k__BackingField", Everywhere)?.IsDefined(typeof(CompilerGeneratedAttribute)) == true;

    /// <summary>Of the property, or of the parameter of a positional record that it stands for.</summary>
    private static T? Attribute<T>(PropertyInfo property)
        where T : Attribute
        => property.GetCustomAttribute<T>(inherit: true)
            ?? property.DeclaringType!.GetConstructors(Everywhere)
                .SelectMany(static constructor => constructor.GetParameters())
                .Where(parameter => string.Equals(parameter.Name, property.Name, StringComparison.Ordinal))
                .Select(static parameter => parameter.GetCustomAttribute<T>())
                .FirstOrDefault(static attribute => attribute is not null);
}
