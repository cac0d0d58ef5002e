using DualDb.AspNetCore.Dashboard.Language;

namespace DualDb.AspNetCore.Dashboard.Sections.Overview;

internal static class OverviewTexts
{
    public static readonly Text Title = new("Overview", "ภาพรวม");
    public static readonly Text Alerts = new("Alerts", "การแจ้งเตือน");
    public static readonly Text Databases = new("Both databases", "ฐานข้อมูลทั้งสอง");
    public static readonly Text Up = new("up", "ทำงานอยู่");
    public static readonly Text Down = new("down", "ไม่ตอบสนอง");
    public static readonly Text Unknown = new("not asked yet", "ยังไม่ได้ตรวจสอบ");
    public static readonly Text Availability = new("Availability", "ความพร้อมใช้งาน");
    public static readonly Text QueryTime = new("Query time, p95", "เวลาคิวรี p95");
    public static readonly Text LagFrom = new("Lag to {0}, p99", "ความล่าช้าไป {0} p99");
    public static readonly Text Kpis = new("Figures against their targets", "ตัวชี้วัดเทียบกับเป้าหมาย");
    public static readonly Text Incomplete = new(
        "The home database cannot be asked just now: these are this node's own figures, and those of others as they were read last.",
        "ขณะนี้ถามฐานข้อมูลหลักไม่ได้ ตัวเลขเหล่านี้เป็นของโหนดนี้ และของโหนดอื่นตามที่อ่านได้ครั้งล่าสุด");
    public static readonly Text Window = new("Over the last", "ช่วงเวลาล่าสุด");
    public static readonly Text Minute = new("minute", "1 นาที");
    public static readonly Text Hour = new("hour", "1 ชั่วโมง");
    public static readonly Text Day = new("24 hours", "24 ชั่วโมง");
    public static readonly Text Month = new("30 days", "30 วัน");
    public static readonly Text Figure = new("Figure", "ตัวชี้วัด");
    public static readonly Text Of = new("Of", "ของ");
    public static readonly Text Value = new("Value", "ค่า");
    public static readonly Text Target = new("Target", "เป้าหมาย");
    public static readonly Text State = new("State", "สถานะ");
    public static readonly Text Budget = new("Error budget left", "งบความผิดพลาดคงเหลือ");
    public static readonly Text Course = new("Course", "แนวโน้ม");
    public static readonly Text Met = new("met", "ได้ตามเป้า");
    public static readonly Text Missed = new("missed", "ต่ำกว่าเป้า");
    public static readonly Text NoTarget = new("no target", "ไม่มีเป้าหมาย");
    public static readonly Text NotMeasured = new("nothing measured", "ไม่มีข้อมูล");
    public static readonly Text Consistency = new("Consistency", "ความสอดคล้องของข้อมูล");
    public static readonly Text ViewTime = new("View time, p95", "เวลาอ่านวิว p95");
    public static readonly Text SyncLag = new("Sync lag, p99", "ความล่าช้าการซิงก์ p99");
    public static readonly Text CacheHitRate = new("Cache hits", "อัตราพบในแคช");
    public static readonly Text CourseWords = new("{0} of {1}: from {2} to {3}, now {4}", "{0} ของ {1}: ตั้งแต่ {2} ถึง {3} ล่าสุด {4}");
}
